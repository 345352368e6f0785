import type { D1Database } from '@cloudflare/workers-types';
import type { Venue } from '$shared/venue.ts';

/** The seats of a layout, as the server needs them: their order, and the way back from an ID. */
export interface SeatIndex {
	revision: number;
	ids: readonly string[];
	indexOf: ReadonlyMap<string, number>;
}

/**
 * A revision never changes, so an isolate reads it once; only the newest of an event is kept.
 * Finished readings only: one under way may die with the request that began it.
 */
const indices = new Map<string, SeatIndex>();
const MAX_EVENTS = 16;

/** The layout of one revision as it is stored: JSON of a {@link Venue}. */
export async function readVenueJson(
	db: D1Database,
	eventId: string,
	revision: number
): Promise<string | undefined> {
	const { results } = await db
		.prepare('SELECT body FROM layouts WHERE event_id = ? AND revision = ? ORDER BY part')
		.bind(eventId, revision)
		.all<{ body: string }>();
	return results.length > 0 ? results.map(({ body }) => body).join('') : undefined;
}

/** The seat order of one revision. @throws when the revision has no layout */
export async function seatIndex(
	db: D1Database,
	eventId: string,
	revision: number
): Promise<SeatIndex> {
	const known = indices.get(eventId);
	if (known?.revision === revision) return known;
	const index = await readIndex(db, eventId, revision);
	indices.delete(eventId);
	indices.set(eventId, index);
	const [oldest] = indices.keys();
	if (indices.size > MAX_EVENTS && oldest !== undefined) indices.delete(oldest);
	return index;
}

async function readIndex(db: D1Database, eventId: string, revision: number): Promise<SeatIndex> {
	const json = await readVenueJson(db, eventId, revision);
	if (json === undefined)
		throw new Error(`Event "${eventId}" has no layout of revision ${revision}`);
	const ids = (JSON.parse(json) as Venue).seats.map(([id]) => id);
	return { revision, ids, indexOf: new Map(ids.map((id, index) => [id, index])) };
}
