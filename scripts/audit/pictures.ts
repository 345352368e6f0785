import { z } from 'zod';
import { HELD, SOLD } from '../../shared/occupancy.ts';
import type { PictureRecord, PlanRecord, SeatRecord } from '../../shared/integrity.ts';
import { postJson } from '../ingress.ts';
import { until } from '../until.ts';

const Head = z.object({ scans: z.int() });
const Snapshot = z.object({
	revision: z.int(),
	seats: z.array(z.tuple([z.int(), z.literal([HELD, SOLD])], z.int()))
});

/**
 * What the Occupancy object shows of an event, by a reading that began after this was asked for: a
 * picture that is a moment old is not read again, so it takes the one after.
 */
export async function readPicture(
	ingressUrl: string,
	{ eventId, seats }: PlanRecord
): Promise<Omit<PictureRecord, 'moved'>> {
	const object = `${ingressUrl}/Occupancy/${eventId}`;
	const refresh = async () => Head.parse(await postJson(`${object}/refresh`, undefined)).scans;
	const first = await refresh();
	await until(`a new picture of "${eventId}"`, async () => (await refresh()) > first);
	const shown = Snapshot.parse(await postJson(`${object}/snapshot`, undefined));
	const taken = shown.seats.map(
		([index, code]) => [seats[index] ?? '', code === SOLD ? 'SOLD' : 'RESERVED'] as const
	);
	return { eventId, revision: shown.revision, taken: new Map(taken) };
}

/** Seats that are not in `after` what they were in `before`. */
export function movedSeats(
	before: readonly (SeatRecord & { epoch: number })[],
	after: readonly (SeatRecord & { epoch: number })[]
): Set<string> {
	const epochs = new Map(before.map(({ key, epoch }) => [key, epoch]));
	return new Set(
		after.filter(({ key, epoch }) => (epochs.get(key) ?? 0) !== epoch).map(({ key }) => key)
	);
}
