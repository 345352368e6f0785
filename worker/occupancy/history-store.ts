import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types';
import { SERIES_KEPT_MS, SERIES_STEPS } from '../../shared/occupancy.ts';
import type { Recorded } from './record.ts';
import { rollUp } from './rollup.ts';
import type { StepPoint } from './rollup.ts';

/** A bound value holds at most 2 MB, and a change takes some 25 characters. */
const PART_CHANGES = 40_000;

/** How far back the map can be replayed: as long as the coarsest series is kept. */
const REPLAY_KEPT_MS = SERIES_KEPT_MS[60];

/**
 * Writes what a reading found, in one transaction and once a version: the flows are added to
 * steps that may have some, so the version's own row says whether that was done.
 */
export async function storeRecord(
	db: D1Database,
	eventId: string,
	recorded: Recorded
): Promise<void> {
	const points = rollUp(recorded);
	const statements = [
		...(recorded.first ? forget(db, eventId, recorded.version) : []),
		upsertPoints(db, eventId, points, recorded.changed ? recorded.version : null),
		...(recorded.changed ? insertChanges(db, eventId, recorded) : []),
		...(recorded.frame === null ? [] : insertFrame(db, eventId, recorded, recorded.frame)),
		...pruneSeries(db, eventId, recorded.at)
	];
	await db.batch(statements);
}

/** Holds for a version that is not recorded yet. */
const UNRECORDED = `NOT EXISTS
	(SELECT 1 FROM occupancy_changes AS done WHERE done.event_id = ?1 AND done.version = ?2)`;

function forget(db: D1Database, eventId: string, version: number): D1PreparedStatement[] {
	// The changes go last: they say whether this version is recorded.
	return ['occupancy_series', 'occupancy_frames', 'occupancy_changes'].map((table) =>
		db.prepare(`DELETE FROM ${table} WHERE event_id = ?1 AND ${UNRECORDED}`).bind(eventId, version)
	);
}

/** @param version null for a reading that changed nothing: it has no flows that could add up */
function upsertPoints(
	db: D1Database,
	eventId: string,
	points: readonly StepPoint[],
	version: number | null
): D1PreparedStatement {
	const columns =
		'step, at, available, held, sold, overdue, reserved, confirmed, released, expired';
	const values = columns.split(', ').map((column) => `value ->> '${column}'`);
	return db
		.prepare(
			`INSERT INTO occupancy_series (event_id, ${columns})
			SELECT ?1, ${values.join(', ')} FROM json_each(?3) WHERE ?2 IS NULL OR ${UNRECORDED}
			ON CONFLICT (event_id, step, at) DO UPDATE SET
				available = excluded.available, held = excluded.held,
				sold = excluded.sold, overdue = excluded.overdue,
				reserved = reserved + excluded.reserved, confirmed = confirmed + excluded.confirmed,
				released = released + excluded.released, expired = expired + excluded.expired`
		)
		.bind(eventId, version, JSON.stringify(points));
}

function insertChanges(
	db: D1Database,
	eventId: string,
	{ version, at, moves }: Recorded
): D1PreparedStatement[] {
	const changes = moves
		.filter(([, , from, to]) => from !== to)
		.map(([time, index, , to]) => [time, index, to] as const);
	const parts = Array.from({ length: Math.ceil(changes.length / PART_CHANGES) || 1 }, (_, part) =>
		changes.slice(part * PART_CHANGES, (part + 1) * PART_CHANGES)
	);
	return parts.map((part, number) => {
		const firstAt = part.reduce((least, [time]) => Math.min(least, time), at);
		return db
			.prepare(
				`INSERT INTO occupancy_changes (event_id, version, part, first_at, n, changes)
				VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
			)
			.bind(eventId, version, number, firstAt, part.length, JSON.stringify(part));
	});
}

/** Stores a frame, and drops what no moment that is still kept is replayed from. */
function insertFrame(
	db: D1Database,
	eventId: string,
	{ version, revision, at }: Recorded,
	codes: string
): D1PreparedStatement[] {
	const oldest = `(SELECT max(version) FROM occupancy_frames WHERE event_id = ?1 AND at <= ?2)`;
	return [
		db
			.prepare(
				`INSERT INTO occupancy_frames (event_id, version, revision, at, codes)
				VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
			)
			.bind(eventId, version, revision, at, codes),
		...[
			`DELETE FROM occupancy_changes WHERE event_id = ?1 AND version <= ${oldest}`,
			`DELETE FROM occupancy_frames WHERE event_id = ?1 AND version < ${oldest}`
		].map((sql) => db.prepare(sql).bind(eventId, at - REPLAY_KEPT_MS))
	];
}

const pruneSeries = (db: D1Database, eventId: string, at: number): D1PreparedStatement[] =>
	SERIES_STEPS.map((step) =>
		db
			.prepare('DELETE FROM occupancy_series WHERE event_id = ? AND step = ? AND at < ?')
			.bind(eventId, step, at - SERIES_KEPT_MS[step])
	);
