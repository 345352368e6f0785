import type { D1Database } from '@cloudflare/workers-types';
import type { Span } from '../charts/chart-range.ts';
import { stepOf } from '../charts/chart-range.ts';
import { buildFunnel } from '../funnel.ts';
import type { Funnel, OrderGroup } from '../funnel.ts';
import { UpstreamError } from './upstream-error.ts';

/** How far the buyers of an event came in a stretch of time. @throws UpstreamError */
export async function readFunnel(
	db: D1Database,
	eventId: string,
	span: Span,
	now: number
): Promise<Funnel> {
	// An order is not updated before it is created, which lets the index by update find it.
	const orders = db
		.prepare(
			`SELECT status, reason, count(*) AS orders, sum(json_array_length(seats)) AS seats
			FROM orders WHERE event_id = ?1 AND updated_at >= ?2 AND created_at >= ?2 AND created_at < ?3
			GROUP BY status, reason`
		)
		.bind(eventId, span.from, span.to);
	const flow = db
		.prepare(
			`SELECT coalesce(sum(reserved), 0) AS reserved, coalesce(sum(expired), 0) AS expired
			FROM occupancy_series WHERE event_id = ?1 AND step = ?2 AND at >= ?3 AND at < ?4`
		)
		.bind(eventId, stepOf(span, now), span.from, span.to);
	try {
		const [groups, flows] = await Promise.all([
			orders.all<OrderGroup>(),
			flow.first<{ reserved: number; expired: number }>()
		]);
		return buildFunnel(groups.results, flows ?? { reserved: 0, expired: 0 });
	} catch (cause) {
		throw new UpstreamError('orders-unreadable', 'The order store (D1) cannot be read now', {
			status: 503,
			retryable: true,
			cause
		});
	}
}
