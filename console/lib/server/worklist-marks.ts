import type { D1Database } from '@cloudflare/workers-types';
import type { Mark } from '../worklist/marks.ts';
import { UpstreamError } from './upstream-error.ts';

const MAX_MARKS = 2000;

/** The marks on these items, each item's in the order in which they were made. */
export async function readMarks(
	db: D1Database,
	items: readonly string[]
): Promise<Map<string, Mark[]>> {
	if (items.length === 0) return new Map();
	const statement = db
		.prepare(
			`SELECT item, at, actor, role, act, assignee, until, reason, fingerprint
				FROM worklist_marks WHERE item IN (SELECT value FROM json_each(?1))
				ORDER BY seq DESC LIMIT ?2`
		)
		.bind(JSON.stringify(items), MAX_MARKS);
	const { results } = await orUnreadable(() => statement.all<Mark>());
	return Map.groupBy(results.reverse(), ({ item }) => item);
}

/** Adds a mark. */
export async function addMark(db: D1Database, mark: Mark, requestId: string): Promise<void> {
	const { item, at, actor, role, act, assignee, until, reason, fingerprint } = mark;
	const statement = db
		.prepare(
			`INSERT INTO worklist_marks
				(item, at, actor, role, act, assignee, until, reason, fingerprint, request_id)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`
		)
		.bind(item, at, actor, role, act, assignee, until, reason, fingerprint, requestId);
	await orUnreadable(() => statement.run());
}

async function orUnreadable<T>(run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (cause) {
		throw new UpstreamError('marks-unreadable', 'The marks of the worklist (D1) are out of reach', {
			status: 503,
			retryable: true,
			cause
		});
	}
}
