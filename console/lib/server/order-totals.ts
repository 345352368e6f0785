import type { D1Database } from '@cloudflare/workers-types';
import { MAX_HOLD_MS } from '$shared/seat.ts';
import type { Money, OrderTotals } from '../overview/overview.ts';

/** No checkout lives longer than its hold may; a little is left for settling it. */
const OPEN_AT_MOST_MS = MAX_HOLD_MS + 5 * 60_000;

/** What the orders say: all together, and what each event has taken. */
export interface OrderReading {
	totals: OrderTotals;
	taken: Map<string, Money[]>;
}

export interface OrderSumRow {
	event: string;
	currency: string;
	confirmed: number;
	unsuccessful: number;
	amount: number;
}

interface WaitingRow {
	count: number;
	since: number | null;
}

/** Reads the sums over all orders; each of the three statements is answered from an index alone. */
export async function readOrders(db: D1Database, now: number): Promise<OrderReading> {
	const [sums, mails, open] = await db.batch([
		db.prepare(
			`SELECT event_id AS event, currency, sum(status = 'CONFIRMED') AS confirmed,
				sum(status IN ('FAILED', 'CANCELLED')) AS unsuccessful,
				sum(CASE WHEN status = 'CONFIRMED' THEN amount ELSE 0 END) AS amount
			FROM orders GROUP BY event_id, currency`
		),
		db.prepare(
			`SELECT count(*) AS count, min(updated_at) AS since FROM orders
				WHERE status = 'CONFIRMED' AND email IS NOT NULL AND mail_id IS NULL`
		),
		db
			.prepare(
				`SELECT count(*) AS count, min(created_at) AS since FROM orders
					WHERE status = 'OPEN' AND created_at < ?`
			)
			.bind(now - OPEN_AT_MOST_MS)
	]);
	return summarise(
		(sums?.results ?? []) as OrderSumRow[],
		mails?.results[0] as WaitingRow | undefined,
		open?.results[0] as WaitingRow | undefined
	);
}

const NONE: WaitingRow = { count: 0, since: null };

export function summarise(
	sums: readonly OrderSumRow[],
	mailsDue: WaitingRow = NONE,
	leftOpen: WaitingRow = NONE
): OrderReading {
	const taken = new Map<string, Money[]>();
	const totals: OrderTotals = { confirmed: 0, unsuccessful: 0, mailsDue, leftOpen };
	for (const { event, currency, confirmed, unsuccessful, amount } of sums) {
		totals.confirmed += confirmed;
		totals.unsuccessful += unsuccessful;
		if (amount > 0) taken.set(event, [...(taken.get(event) ?? []), { amount, currency }]);
	}
	return { totals, taken };
}
