import { orErrorPage } from '$lib/server/error-page.ts';
import { evidenceFile } from '$lib/server/evidence.ts';
import { seatEvidence } from '$lib/server/evidence-seat.ts';
import { ports } from '$lib/server/ports.ts';
import { readSeat } from '$lib/server/seat-page.ts';
import type { RequestHandler } from './$types';

/** All that is known of the seat, in one file. */
export const GET: RequestHandler = (event) =>
	orErrorPage(event.locals.requestId, async () => {
		const { key } = event.params;
		const sources = ports(event.platform);
		const reading = await readSeat(sources, key);
		return evidenceFile(
			event,
			{ kind: 'seat', id: key },
			seatEvidence(sources, event.locals.actor, reading)
		);
	});
