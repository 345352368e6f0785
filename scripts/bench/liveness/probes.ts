import { setTimeout as pause } from 'node:timers/promises';
import { isKeyPart } from '../../../shared/seat-key.ts';
import { postJson, ServiceError } from '../../ingress.ts';
import { until } from '../../until.ts';
import type { Viewer } from './viewer.ts';

interface ProbeOptions {
	ingressUrl: string;
	event: string;
	/** Seats to reserve, in this order; those that somebody else has are passed over. */
	seats: string[];
	count: number;
	viewers: readonly Viewer[];
	random: () => number;
	/** Ends the probing early, as when the sale around it is over. */
	stop: () => boolean;
}

/** Between two probes, at most. */
const PAUSE_MS = 400;
/** A page that falls behind is measured as well, however far. */
const PATIENCE_MS = 180_000;

/**
 * Reserves seats at random moments, and measures from the service's answer until each viewer's map
 * has another colour at that seat. @returns a figure a probe and viewer, ms
 */
export async function probe(options: ProbeOptions): Promise<number[]> {
	const { viewers, count, random, stop } = options;
	const answered = new Map<string, number>();
	while (answered.size < count && !stop()) {
		await pause(random() * PAUSE_MS);
		const seat = options.seats.pop();
		if (seat === undefined) break;
		await Promise.all(viewers.map((viewer) => viewer.watch(seat)));
		if (await reserve(options, seat)) answered.set(seat, Date.now());
	}
	const waits = await Promise.all(
		viewers.map(async (viewer) => {
			const seen = await until(
				'every probe to show on the map',
				async () => {
					const sightings = await viewer.sightings();
					const unseen = [...answered.keys()].filter((seat) => !(seat in sightings));
					if (unseen.length > 0)
						throw new Error(
							`not seen, while the page is ${await viewer.state()}: ${unseen.join(', ')}`
						);
					return sightings;
				},
				PATIENCE_MS
			);
			// The stream may be faster than the answer: then the wait was none.
			return [...answered].map(([seat, at]) => Math.max((seen[seat] ?? at) - at, 0));
		})
	);
	return waits.flat();
}

/** @returns whether the seat was free */
async function reserve(
	{ ingressUrl, event }: Pick<ProbeOptions, 'ingressUrl' | 'event'>,
	seat: string
): Promise<boolean> {
	if (!isKeyPart(seat)) throw new TypeError(`"${seat}" is not a seat ID`);
	try {
		await postJson(`${ingressUrl}/Ticket/${event}:${seat}/reserve`, `probe-${seat}`);
		return true;
	} catch (error) {
		if (error instanceof ServiceError && error.status === 409) return false;
		throw error;
	}
}
