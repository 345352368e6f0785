import type { IntentReport } from '$shared/money-report.ts';
import { initialSeat } from '$shared/seat.ts';
import type { SeatView } from '$shared/seat-history.ts';
import { blankItem } from '../journal/timeline.ts';
import type { TimelineItem } from '../journal/timeline.ts';
import { order, ORDER_ID } from '../order-case/case-fixture.ts';
import type { CheckoutFacts, InvocationFacts } from './facts.ts';

/** Facts that previews are made from, for tests. */

export const AT = Date.UTC(2026, 10, 22, 14, 0);
export const HOLD_END = AT + 15 * 60_000;

/** A journal: each step done, unless it ends in `…`, or failed, when it ends in `!`. */
export const journal = (...steps: string[]): TimelineItem[] =>
	steps.map((step, place): TimelineItem => {
		const name = step.replace(/[…!]$/, '');
		const call = /^(?<service>[A-Z]\w+)(?:\/(?<key>[^/]+))?\/(?<handler>[a-z]\w+)$/.exec(
			name
		)?.groups;
		const target = call && {
			service: call['service'] ?? '',
			key: call['key'] ?? null,
			handler: call['handler'] ?? ''
		};
		return {
			...blankItem,
			id: `j${place + 1}`,
			at: AT + place,
			source: 'journal',
			kind: target?.service === 'Notification' ? 'send' : target ? 'call' : 'run',
			verb: target ? 'Call' : 'Run',
			subject: target ? null : name,
			target: target ?? null,
			invocationId: target ? `inv_1child${place + 1}` : null,
			index: place + 1,
			pending: step.endsWith('…'),
			failed: step.endsWith('!')
		};
	});

export const seat = (id: string, change: Partial<SeatView> = {}): SeatView => ({
	...initialSeat(),
	...{ key: `e:${id}`, overdue: false, msLeft: null, epoch: 1 },
	...{ status: 'RESERVED', reservedBy: 'bob', reservedUntil: HOLD_END, heldAt: AT },
	...{ holdId: ORDER_ID, checkoutId: 'inv_1abcdefgh' },
	...change
});

export const intent = (change: Partial<IntentReport> = {}): IntentReport => ({
	...{ id: 'pi_1', status: 'requires_capture', currency: 'eur', amount: 7900, captured: 0 },
	...{ createdAt: AT, canceledAt: null, decline: null, refunds: [] },
	...change
});

export const money = (...intents: IntentReport[]) => ({
	ok: true as const,
	value: { intents, at: AT }
});

export const invocation = (change: Partial<InvocationFacts> = {}): InvocationFacts => ({
	...{ id: 'inv_1abcdefgh', service: 'Payment', key: ORDER_ID, handler: 'settle' },
	...{ status: 'running', cancelRequested: false, retryCount: 0, nextRetryAt: null, failure: null },
	...{ items: [], journalSize: 0, user: null, email: null, waiting: 0 },
	deployment: { id: 'dp_1', latest: 'dp_1' },
	...change
});

/** A checkout of bob's that authorised 79.00 and holds three seats. */
export const checkout = (change: Partial<CheckoutFacts> = {}): CheckoutFacts => ({
	...invocation({ service: 'Checkout', key: null, handler: 'checkout' }),
	...{ user: 'bob', email: 'bob@example.com', orderId: ORDER_ID },
	order: order({
		userId: 'bob',
		email: 'bob@example.com',
		status: 'OPEN',
		amount: 7900,
		currency: 'eur'
	}),
	items: journal(
		'Price seats',
		'UserSession/bob/open',
		'Ticket/e:A-1/hold',
		'Ticket/e:A-2/hold',
		'Ticket/e:A-3/hold',
		'Authorise payment'
	),
	seats: { ok: true, value: [seat('A-1'), seat('A-2'), seat('A-3')] },
	money: money(intent()),
	reviewAt: AT + 30 * 60_000,
	...change
});
