import { error, json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { ports } from '$lib/server/ports.ts';
import { findEvent } from '$lib/server/events.ts';
import { seatsOfHolder, seatsOfOrder } from '$lib/server/seat-finder.ts';
import type { RequestHandler } from './$types';

const LONGEST = 200;

/** IDs of the seats of one holder, or of one order. */
export const GET: RequestHandler = ({ locals, params: { event }, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const [holder, order] = ['holder', 'order'].map((name) => url.searchParams.get(name) ?? '');
		if (!holder === !order) error(400, 'Name either a holder as ?holder= or an order as ?order=');
		if (((holder ?? '') + (order ?? '')).length > LONGEST)
			error(400, `A holder or an order has at most ${LONGEST} characters`);
		const db = envOf(platform).DB;
		if (!(await findEvent(db, event))) error(404, `No event “${event}” is published`);
		const { admin } = ports(platform);
		const seats = holder
			? await seatsOfHolder(admin, event, holder)
			: await seatsOfOrder({ admin, db }, event, order ?? '');
		return json({ seats }, { headers: { 'cache-control': 'no-store' } });
	});
