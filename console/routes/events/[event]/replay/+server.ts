import { json } from '@sveltejs/kit';
import { ports } from '$lib/server/ports.ts';
import { readSpan } from '$lib/server/span.ts';
import type { RequestHandler } from './$types';

/** The event's seats at a moment of the past, and what happened to them from then on. */
export const GET: RequestHandler = async ({ params, platform, url }) =>
	json(await ports(platform).occupancy.replay(params.event, readSpan(url.searchParams)));
