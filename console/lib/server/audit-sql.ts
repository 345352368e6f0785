import type { ChainHead } from '$shared/audit-chain.ts';
import type { AuditCursor, AuditFilter } from '../audit-filter.ts';
import { kindOfTarget } from '../audit-filter.ts';
import { boundsOf } from '../time-range.ts';
import type { Statement } from './order-sql.ts';

/** Queries of the audit. Its order is that of the chain, which is the order of writing. */

export const AUDIT_COLUMNS = `id, at, actor, role, action, target, reason, ticket_ref, before, after,
	outcome, invocation_ids, request_id, change_id, preview, approvals, seq, prev_hash, hash`;

/** A page of the records of a filter, newest first. */
export function listAudit(
	filter: AuditFilter,
	before: AuditCursor | null,
	limit: number,
	now: number
): Statement {
	const parts = [
		...conditions(filter, now),
		...(before === null ? [] : [{ sql: 'seq < ?', values: [before] }])
	];
	const where = parts.length > 0 ? `WHERE ${parts.map(({ sql }) => sql).join(' AND ')}` : '';
	return {
		sql: `SELECT ${AUDIT_COLUMNS} FROM audit ${where} ORDER BY seq DESC, at DESC LIMIT ?`,
		values: [...parts.flatMap(({ values }) => values), limit]
	};
}

/** The records of the chain from one on: that one first, then any other that claims its place. */
export const chainFrom = ({ seq, hash }: ChainHead, limit: number): Statement => ({
	sql: `SELECT ${AUDIT_COLUMNS} FROM audit WHERE seq >= ? ORDER BY seq, hash <> ? LIMIT ?`,
	values: [seq, hash, limit]
});

/** Records that have no place in the chain: from before it, or slipped in beside it. */
export const COUNT_UNCHAINED = 'SELECT count(*) AS n FROM audit WHERE seq IS NULL';

/** Who bought what some records are about: orders, checkouts and seats, as a JSON list of targets. */
export const buyersOf = (targets: string): Statement => ({
	sql: `WITH targets AS (SELECT value AS target FROM json_each(?1))
		SELECT DISTINCT user_id AS userId, email FROM orders WHERE id IN (
			SELECT target FROM targets
			UNION SELECT 'ord_' || substr(target, 5) FROM targets WHERE target LIKE 'inv_%'
			UNION SELECT order_id FROM order_seats WHERE seat IN (SELECT target FROM targets))
		LIMIT 1000`,
	values: [targets]
});

/** The kinds of change that there are records of. */
export const AUDIT_ACTIONS = 'SELECT DISTINCT action FROM audit ORDER BY action';

function conditions(filter: AuditFilter, now: number): Statement[] {
	const { outcomes, actor, action, target, text, range } = filter;
	const bounds = range && boundsOf(range, now);
	return [
		...(outcomes.length === 0
			? []
			: [{ sql: `outcome IN (${outcomes.map(() => '?').join(', ')})`, values: outcomes }]),
		...(actor === null ? [] : [{ sql: 'actor = ?', values: [actor] }]),
		...(action === null ? [] : [{ sql: 'action = ?', values: [action] }]),
		...(target === null ? [] : [about(target)]),
		...(text === null ? [] : [worded(text)]),
		...(bounds ? [{ sql: 'at >= ?', values: [bounds.from] }] : []),
		...(bounds && bounds.to !== null ? [{ sql: 'at <= ?', values: [bounds.to] }] : [])
	];
}

/** A change and an invocation are also named by what was done about them; an event has its seats. */
function about(target: string): Statement {
	switch (kindOfTarget(target)) {
		case 'change':
			return { sql: '(target = ? OR change_id = ?)', values: [target, target] };
		case 'invocation':
			return {
				sql: '(target = ? OR id = ? OR instr(invocation_ids, ?) > 0)',
				values: [target, target, `"${target}"`]
			};
		case 'other':
			return {
				sql: `(target = ? OR (target >= ? || ':' AND target < ? || ';'))`,
				values: [target, target, target]
			};
		case 'seat':
		case 'order':
		case 'deployment':
			return { sql: 'target = ?', values: [target] };
	}
}

/** By instr: a LIKE pattern may have no more than 50 bytes in D1. */
const worded = (text: string): Statement => ({
	sql: `(instr(lower(reason), lower(?)) > 0 OR instr(lower(coalesce(ticket_ref, '')), lower(?)) > 0)`,
	values: [text, text]
});
