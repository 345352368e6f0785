import type { D1Database } from '@cloudflare/workers-types';
import type { AuditRecord } from '../audit-record.ts';
import type { OrderRow } from '../order.ts';
import { UpstreamError } from './upstream-error.ts';

const LIMIT = 50;

/**
 * What operators did to an order, to its checkout, and to its seats while they were its own;
 * newest first. @throws UpstreamError when D1 fails
 */
export async function readOrderAudit(
	db: D1Database,
	{ id, invocationId, seats }: Pick<OrderRow, 'id' | 'invocationId' | 'seats'>
): Promise<AuditRecord[]> {
	const marks = seats.map(() => '?').join(', ');
	try {
		const { results } = await db
			.prepare(
				`SELECT id, at, actor, role, action, target, reason, outcome FROM audit
				WHERE target IN (?, ?) OR (target IN (${marks}) AND instr(invocation_ids, ?) > 0)
				ORDER BY at DESC LIMIT ${LIMIT}`
			)
			.bind(id, invocationId, ...seats, invocationId)
			.all<AuditRecord>();
		return results;
	} catch (cause) {
		throw new UpstreamError('audit-unreadable', 'The audit (D1) cannot be read now', {
			status: 503,
			retryable: true,
			cause
		});
	}
}
