import { error } from '@sveltejs/kit';
import { findEvent } from '$lib/server/events.ts';
import { occupancyFeed } from '$lib/server/occupancy.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { ports } from '$lib/server/ports.ts';
import { encodeEvent, seatMessages } from '$lib/server/seat-stream.ts';
import { parsePosition } from '$lib/seat-map/seat-messages.ts';
import type { RequestHandler } from './$types';

/** The event's seats, live: server-sent events, ended by the viewer or after five minutes. */
export const GET: RequestHandler = async ({ params, platform, request }) => {
	const { occupancy } = ports(platform);
	if (!(await findEvent(envOf(platform).DB, params.event)))
		error(404, `No event "${params.event}"`);

	const gone = new AbortController();
	request.signal.addEventListener('abort', () => gone.abort());
	const messages = seatMessages({
		feed: occupancyFeed(occupancy, params.event),
		resume: parsePosition(request.headers.get('last-event-id')),
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
