import type { D1Database } from '@cloudflare/workers-types';
import type { AuditDetail } from '../journal/audit-items.ts';
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
}

const LIMIT = 200;

/** @throws UpstreamError when D1 fails */
export const createAudit = (db: D1Database): Audit => ({
	async concerning({ invocationId, targets = [], since }) {
		const marks = [invocationId, ...targets].map(() => '?').join(', ');
		try {
			const { results } = await db
				.prepare(
					`SELECT id, at, actor, role, action, target, reason, before, after, outcome FROM audit
						WHERE at >= ?
							AND (id = ? OR target IN (${marks}) OR instr(invocation_ids, ?) > 0)
						ORDER BY at DESC LIMIT ${LIMIT}`
				)
				.bind(since, invocationId, invocationId, ...targets, `"${invocationId}"`)
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
});

interface StoredRecord extends Omit<AuditDetail, 'before' | 'after'> {
	before: string | null;
	after: string | null;
}

const readRecord = ({ before, after, ...record }: StoredRecord): AuditDetail => ({
	...record,
	before: before === null ? null : JSON.parse(before),
	after: after === null ? null : JSON.parse(after)
});
