import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { D1Database } from '@cloudflare/workers-types';
import type { OccupancyReplay, SeatThen } from '../../shared/occupancy.ts';
import { replayOf } from './replay.ts';
import type { Frame } from './replay.ts';

/** More than this is not told in one answer: what is left is asked for from where it ends. */
const MAX_CHANGES = 200_000;

interface ChangesRow {
	first_at: number;
	changes: string;
	/** Whether there are more after it than one answer takes. */
	more: number;
}

/** A transition is read at most this long after its time, but for a Worker that stalls. */
const SETTLED_MS = 1_000;

/** What the picture is at now: it is another than the history while records are on their way. */
export interface Present {
	version: number;
	at: number;
}

/**
 * The past from `from` on, as far as the history has come. A range that begins before the history
 * does is shown from where that begins, and one that goes on under another plan ends where this
 * plan does.
 *
 * @throws TerminalError 404 when nothing is kept of the range
 */
export async function readReplay(
	db: D1Database,
	eventId: string,
	range: { from: number; to: number },
	present: Present | null
): Promise<OccupancyReplay> {
	const oldest = await db
		.prepare('SELECT min(at) AS at FROM occupancy_frames WHERE event_id = ?')
		.bind(eventId)
		.first<number | null>('at');
	if (oldest === null) throw nothing(`No history of "${eventId}" is kept yet`);
	if (range.to < oldest)
		throw nothing(`The history of "${eventId}" begins at ${new Date(oldest).toISOString()}`);
	const from = Math.max(range.from, oldest);
	const frame = await frameAt(db, eventId, from);
	if (!frame) throw nothing(`No picture of "${eventId}" is kept of that moment`);
	const end = await nextPlan(db, eventId, frame);
	const reached = await historyEnd(db, eventId, frame, present);
	const until = Math.max(from, Math.min(range.to, end ? end.at - 1 : reached - SETTLED_MS));
	const rows = await changesAfter(db, eventId, frame, end?.version ?? null, until);
	// The last row that fits says where to go on.
	const to = rows.at(-1)?.more === 1 ? Math.max(rows.at(-1)?.first_at ?? 0, from) : until;
	const changes = rows.flatMap((row) => JSON.parse(row.changes) as SeatThen[]);
	return replayOf({ frame, changes, from, to, oldest });
}

const frameAt = (db: D1Database, eventId: string, at: number): Promise<Frame | null> =>
	db
		.prepare(
			`SELECT version, revision, at, codes FROM occupancy_frames
			WHERE event_id = ? AND at <= ? ORDER BY at DESC, version DESC LIMIT 1`
		)
		.bind(eventId, at)
		.first<Frame>();

const nextPlan = (
	db: D1Database,
	eventId: string,
	{ version, revision }: Frame
): Promise<Pick<Frame, 'version' | 'at'> | null> =>
	db
		.prepare(
			`SELECT version, at FROM occupancy_frames
			WHERE event_id = ? AND version > ? AND revision <> ? ORDER BY version LIMIT 1`
		)
		.bind(eventId, version, revision)
		.first<Pick<Frame, 'version' | 'at'>>();

/** Until when the history is complete: a version is the time of the reading that found it. */
async function historyEnd(
	db: D1Database,
	eventId: string,
	frame: Frame,
	present: Present | null
): Promise<number> {
	const recorded = await db
		.prepare('SELECT max(version) AS version FROM occupancy_changes WHERE event_id = ?')
		.bind(eventId)
		.first<number | null>('version');
	const version = Math.max(recorded ?? 0, frame.version);
	return present && present.version <= version ? present.at : version;
}

async function changesAfter(
	db: D1Database,
	eventId: string,
	{ version }: Frame,
	before: number | null,
	until: number
): Promise<ChangesRow[]> {
	const { results } = await db
		.prepare(
			`SELECT first_at, changes, total > ?5 AS more FROM (
				SELECT version, part, first_at, changes, n,
					sum(n) OVER (ORDER BY version, part) AS total
				FROM occupancy_changes
				WHERE event_id = ?1 AND version > ?2 AND (?3 IS NULL OR version < ?3) AND first_at <= ?4
			) WHERE total - n <= ?5 ORDER BY version, part`
		)
		.bind(eventId, version, before, until, MAX_CHANGES)
		.all<ChangesRow>();
	return results;
}

const nothing = (message: string): TerminalError => new TerminalError(message, { errorCode: 404 });
