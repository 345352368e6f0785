import { error } from '@sveltejs/kit';
import { findEvent } from '$lib/server/events.ts';
import { readOccupancy } from '$lib/server/occupancy.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { ports } from '$lib/server/ports.ts';
import { encodeEvent, seatMessages } from '$lib/server/seat-stream.ts';
import type { RequestHandler } from './$types';

/** The event's seats, live: server-sent events, ended by the viewer or after five minutes. */
export const GET: RequestHandler = async ({ params, platform, request }) => {
	const { admin } = ports(platform);
	const db = envOf(platform).DB;
	if (!(await findEvent(db, params.event))) error(404, `No event "${params.event}"`);

	const gone = new AbortController();
	request.signal.addEventListener('abort', () => gone.abort());
	const messages = seatMessages({
		read: async () => {
			const occupancy = await readOccupancy(admin, db, params.event);
			if (!occupancy) throw new Error(`Event "${params.event}" is no more`);
			return occupancy;
		},
		sleep: (ms) => sleep(ms, gone.signal),
		gone: () => gone.signal.aborted
	});

	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { value, done } = await messages.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(encodeEvent(value)));
		},
		cancel: () => gone.abort()
	});
	return new Response(body, {
		headers: {
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store',
			'x-accel-buffering': 'no'
		}
	});
};

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		const timer = setTimeout(resolve, ms);
		signal.addEventListener('abort', () => {
			clearTimeout(timer);
			resolve();
		});
	});
