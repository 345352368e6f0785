import { describe, expect, test } from 'vitest';
import {
	AUTHORISED,
	checkout,
	facts,
	FREE,
	HELD,
	intent,
	invocation,
	money,
	order,
	refund,
	REFUNDED,
	retrying,
	seat,
	SOLD,
	VOIDED,
	workflow
} from './case-fixture.ts';
import type { OrderFacts } from './case.ts';
import { verdictOf } from './verdict.ts';

const open = order({ status: 'OPEN', mailId: null, paymentIntent: null, paymentStatus: null });
const failed = order({ status: 'FAILED', reason: 'Payment Failed: declined', mailId: 'm' });
const ended = (status: 'failed' | 'cancelled' | 'killed') => workflow(checkout({ status }));
const down = { ok: false, message: 'not reachable' } as const;

describe('verdictOf', () => {
	test.each<[string, Partial<OrderFacts>, string, string]>([
		['a bought order', {}, 'ok', 'Paid €120.00, 2 seats sold, mail sent'],
		[
			'a capture that is retried',
			{ order: open, money: AUTHORISED, workflow: workflow(retrying('Capture payment')) },
			'warn',
			'€120.00 authorised, not captured, 2 seats sold, checkout is retrying “Capture payment”'
		],
		[
			'a payment that is retried',
			{
				order: open,
				seats: HELD,
				money: money(),
				workflow: workflow(retrying('Authorise payment'))
			},
			'warn',
			'Nothing paid yet, 2 seats held, checkout is retrying “Authorise payment”'
		],
		[
			'a paused checkout',
			{
				order: open,
				money: AUTHORISED,
				workflow: workflow(checkout({ status: 'paused', failedStep: 'Capture payment' }))
			},
			'bad',
			'€120.00 authorised, not captured, 2 seats sold, checkout is paused at “Capture payment”'
		],
		[
			'a checkout being undone',
			{
				order: open,
				seats: FREE,
				money: AUTHORISED,
				workflow: workflow({ ...retrying('Void or refund payment'), cancelRequested: true })
			},
			'warn',
			'€120.00 authorised, not captured, 0 of 2 seats held, checkout is being undone and is retrying “Void or refund payment”'
		],
		[
			'a hold that lapsed while paying',
			{
				order: open,
				money: money(),
				seats: {
					ok: true,
					value: [seat('e:A-1', { holdId: open.id, overdue: true }), seat('e:A-2')]
				},
				workflow: workflow(checkout({ status: 'running' }))
			},
			'warn',
			'Nothing paid yet, hold of 1 seat lapsed, checkout is at its next step'
		],
		[
			'a row that is behind its checkout',
			{ order: open, workflow: workflow(checkout()) },
			'ok',
			'Paid €120.00, 2 seats sold'
		],
		[
			'a killed checkout',
			{ order: open, money: AUTHORISED, seats: HELD, workflow: ended('killed') },
			'bad',
			'€120.00 authorised, not captured, 2 seats held, its checkout was killed'
		],
		[
			'an open order whose checkout has expired',
			{ order: open, money: money(intent()), workflow: workflow(null) },
			'bad',
			'Paid €120.00, 2 seats sold, its checkout is gone'
		],
		[
			'a declined card',
			{
				order: failed,
				seats: FREE,
				money: money(intent({ status: 'canceled', captured: 0, decline: 'declined' })),
				workflow: ended('failed')
			},
			'ok',
			'No money kept, 2 seats given back, mail sent'
		],
		[
			'a cancelled checkout',
			{
				order: order({ status: 'CANCELLED' }),
				seats: FREE,
				money: VOIDED,
				workflow: ended('cancelled')
			},
			'ok',
			'No money kept, 2 seats given back, mail sent'
		],
		[
			'a failed order whose money is still there',
			{ order: failed, seats: FREE, workflow: ended('failed') },
			'bad',
			'€120.00 still taken, 2 seats given back, mail sent'
		],
		[
			'one whose money is on its way back',
			{
				order: failed,
				seats: FREE,
				money: AUTHORISED,
				workflow: workflow(checkout({ status: 'failed' }), {
					payments: [invocation({ service: 'Payment', handler: 'settle', status: 'backing-off' })]
				})
			},
			'warn',
			'€120.00 authorised, not captured, 2 seats given back, its money is being given back, mail sent'
		],
		[
			'a failed order whose money nobody knows of',
			{
				order: order({ ...failed, paymentStatus: null }),
				seats: FREE,
				money: down,
				workflow: ended('failed')
			},
			'warn',
			'Payment unknown, 2 seats given back, mail sent'
		],
		[
			'a failed order that kept its seats',
			{ order: failed, seats: HELD, money: money(), workflow: ended('failed') },
			'bad',
			'No money kept, 2 seats not given back, mail sent'
		],
		[
			'a refunded order',
			{ order: order({ status: 'REFUNDED' }), seats: FREE, money: REFUNDED },
			'ok',
			'€120.00 refunded, 2 seats given back, mail sent'
		],
		[
			'a pending refund',
			{
				order: order({ status: 'REFUNDED' }),
				seats: FREE,
				money: money(intent({ refunds: [refund(12000, 'pending')] }))
			},
			'warn',
			'Refund of €120.00 pending, 2 seats given back, mail sent'
		],
		[
			'a bought order refunded at the gateway',
			{ money: REFUNDED },
			'bad',
			'€120.00 refunded, 2 seats sold, mail sent'
		],
		[
			'a part given back by an operator',
			{
				order: order({ refunded: 2000 }),
				money: money(intent({ refunds: [refund(2000)] }))
			},
			'ok',
			'€20.00 of €120.00 refunded, 2 seats sold, mail sent'
		],
		[
			'a part of the money gone',
			{ money: money(intent({ refunds: [refund(2000)] })) },
			'bad',
			'€20.00 of €120.00 refunded, 2 seats sold, mail sent'
		],
		[
			'a seat that somebody else has',
			{
				seats: {
					ok: true,
					value: [
						...(SOLD.ok ? SOLD.value.slice(0, 1) : []),
						seat('e:A-2', { status: 'SOLD', orderId: 'ord_other', reservedBy: 'bob' })
					]
				}
			},
			'bad',
			'Paid €120.00, 1 of 2 seats not the buyer’s, mail sent'
		],
		[
			'a mail that does not go out',
			{
				order: order({ mailId: null }),
				workflow: workflow(checkout(), {
					notifications: [invocation({ status: 'backing-off', retryCount: 3 })]
				})
			},
			'warn',
			'Paid €120.00, 2 seats sold, mail not sent yet'
		],
		[
			'a mail that was refused',
			{ workflow: workflow(checkout(), { notifications: [invocation({ status: 'failed' })] }) },
			'bad',
			'Paid €120.00, 2 seats sold, mail not sent'
		],
		[
			'a buyer without an address',
			{ order: order({ email: null }) },
			'ok',
			'Paid €120.00, 2 seats sold'
		],
		[
			'an expired record',
			{ workflow: workflow(null) },
			'ok',
			'Paid €120.00, 2 seats sold, mail sent'
		],
		['an outage of Restate', { seats: down, workflow: down }, 'warn', 'Paid €120.00, mail sent'],
		['an outage of the gateway', { money: down }, 'warn', 'Paid €120.00, 2 seats sold, mail sent']
	])('puts %s into words', (_, change, tone, headline) => {
		expect(verdictOf(facts(change))).toMatchObject({ tone, headline });
	});

	test('says which source it goes by', () => {
		const [now] = verdictOf(facts()).lines;
		const [recorded] = verdictOf(facts({ money: down })).lines;
		expect(now?.text).toBe('The gateway says: €120.00 captured');
		expect(recorded?.text).toMatch(/^On record, the gateway cannot be asked: €120.00 captured/);
		expect([now?.tone, recorded?.tone]).toEqual(['ok', 'warn']);
	});

	test('goes by the intent that has most to do with the money', () => {
		const two = money(intent({ id: 'pi_0', status: 'canceled', captured: 0 }), intent());
		expect(verdictOf(facts({ money: two })).headline).toMatch(/^Paid €120/);
	});

	test('tells what can be done, where something can', () => {
		const stuck = facts({
			order: open,
			money: AUTHORISED,
			workflow: workflow(retrying('Capture payment'))
		});
		expect(verdictOf(stuck).advice).toMatch(/goes on by itself/);
		expect(verdictOf(facts()).advice).toBeNull();
	});
});

test('a refund’s reason is not told as why the checkout ended', () => {
	const given = order({ status: 'REFUNDED', reason: 'the buyer cannot come' });
	const { lines } = verdictOf(facts({ order: given, seats: FREE, money: REFUNDED }));
	const line = lines.find(({ part }) => part === 'workflow');
	expect(line?.text).toBe('The checkout has completed');
});
