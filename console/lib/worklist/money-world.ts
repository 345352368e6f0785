import type { IntentRecord, OrderRecord, RefundRecord, World } from '$shared/integrity.ts';
import type { MoneyReport } from '$shared/money-report.ts';
import type { PaymentStatus } from '$shared/order.ts';
import type { OrderRow } from '../order.ts';
import type { WorkFacts } from './facts.ts';

/**
 * Orders, their seats and their money as the integrity rules ask for them. Money is what the gateway
 * says now; where it was not asked, what the order's record says. Orders that are not in doubt are
 * there for reference: nothing that is found about them counts, as their seats were not read.
 */
export function moneyWorld(facts: WorkFacts): World {
	const orders = [...facts.orders.values()];
	const reports = orders.flatMap((order) => {
		const money = facts.money.get(order.id);
		return money?.ok ? [{ order, report: money.value }] : [];
	});
	const unasked = orders.filter(({ id }) => facts.money.get(id)?.ok !== true);
	return {
		now: facts.now,
		seats: facts.seats,
		orders: orders.map(recordOf),
		invocations: facts.invocations.map(({ id, service, key, status, caller }) => ({
			...{ id, service, key, status },
			invokedBy: caller?.id ?? null
		})),
		intents: [
			...reports.flatMap(({ order, report }) => intentsOf(order.id, report)),
			...unasked.flatMap(onRecord)
		],
		refunds: reports.flatMap(({ report }) => refundsOf(report)),
		mails: [],
		plans: [],
		pictures: []
	};
}

const recordOf = ({ id, invocationId, email, seats, amount, status, updatedAt }: OrderRow) =>
	({ id, invocationId, email, seats, amount, status, updatedAt }) satisfies OrderRecord;

const GIVEN_UP = new Set(['failed', 'canceled']);

const intentsOf = (orderId: string, { intents }: MoneyReport): IntentRecord[] =>
	intents.map(({ id, status, captured, createdAt, refunds }) => ({
		...{ id, status, orderId, createdAt },
		received: captured,
		refunded: refunds
			.filter((refund) => !GIVEN_UP.has(refund.status))
			.reduce((sum, { amount }) => sum + amount, 0)
	}));

/** A refund that was given up matters only while the money it was to return is kept. */
const refundsOf = ({ intents }: MoneyReport): RefundRecord[] =>
	intents.flatMap(({ id: intent, captured, refunds }) => {
		const through = refunds
			.filter(({ status }) => status === 'succeeded')
			.reduce((sum, { amount }) => sum + amount, 0);
		return through >= captured
			? []
			: refunds.map(({ id, status, createdAt }) => ({ id, intent, status, createdAt }));
	});

/** What each status on record says: taken, and given back. */
const SHARES: Record<PaymentStatus, { received: 0 | 1; refunded: 0 | 1 }> = {
	requires_capture: { received: 0, refunded: 0 },
	canceled: { received: 0, refunded: 0 },
	succeeded: { received: 1, refunded: 0 },
	refunded: { received: 1, refunded: 1 }
};

/** Of a confirmed order of which nothing is known it is not said that it is not paid. */
function onRecord(order: OrderRow): IntentRecord[] {
	const status = order.paymentStatus ?? (order.status === 'CONFIRMED' ? 'succeeded' : null);
	if (status === null) return [];
	const { received, refunded } = SHARES[status];
	return [
		{
			id: order.paymentIntent ?? `payment of ${order.id}`,
			status: status === 'refunded' ? 'succeeded' : status,
			orderId: order.id,
			received: received * order.amount,
			refunded: refunded * order.amount,
			createdAt: order.createdAt
		}
	];
}
