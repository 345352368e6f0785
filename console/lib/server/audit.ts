import type { D1Database } from '@cloudflare/workers-types';
import type { AuditDetail } from '../journal/audit-items.ts';
import type { OrderRow } from '../order.ts';
import { UpstreamError } from './upstream-error.ts';

/** What operators did, as Operations recorded it in D1. */
export interface Audit {
	/**
	 * The newest records from a time on that concern an invocation, or any of the other things
	 * (an order, a seat) that stand for the same case; oldest first.
	 */
	concerning: (which: {
		invocationId: string;
		targets?: readonly string[];
		since: number;
	}) => Promise<AuditDetail[]>;
	/** The newest records of an order, of its checkout, and of its seats while they were its own. */
	ofOrder: (order: Pick<OrderRow, 'id' | 'invocationId' | 'seats'>) => Promise<AuditDetail[]>;
	/** What was recorded of a change: its proposal, decisions on it, and its end. */
	ofChange: (changeId: string) => Promise<AuditDetail[]>;
}

const LIMIT = 200;

/** @throws UpstreamError from every method when D1 fails */
export function createAudit(db: D1Database): Audit {
	async function newest(where: string, values: (string | number)[]): Promise<AuditDetail[]> {
		try {
			const { results } = await db
				.prepare(
					`SELECT id, at, actor, role, action, target, reason, before, after, outcome FROM audit
						WHERE ${where} ORDER BY at DESC LIMIT ${LIMIT}`
				)
				.bind(...values)
				.all<StoredRecord>();
			return results.reverse().map(readRecord);
		} catch (cause) {
			throw new UpstreamError('audit-unreadable', 'The audit (D1) cannot be read now', {
				status: 503,
				retryable: true,
				cause
			});
		}
	}
	return {
		concerning: ({ invocationId, targets = [], since }) =>
			newest(
				`at >= ? AND (id = ? OR target IN (${marks([invocationId, ...targets])})
					OR instr(invocation_ids, ?) > 0)`,
				[since, invocationId, invocationId, ...targets, `"${invocationId}"`]
			),
		ofOrder: ({ id, invocationId, seats }) =>
			newest(`target IN (?, ?) OR (target IN (${marks(seats)}) AND instr(invocation_ids, ?) > 0)`, [
				id,
				invocationId,
				...seats,
				`"${invocationId}"`
			]),
		ofChange: (changeId) => newest('change_id = ?', [changeId])
	};
}

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');

interface StoredRecord extends Omit<AuditDetail, 'before' | 'after'> {
	before: string | null;
	after: string | null;
}

const readRecord = ({ before, after, ...record }: StoredRecord): AuditDetail => ({
	...record,
	before: before === null ? null : JSON.parse(before),
	after: after === null ? null : JSON.parse(after)
});
