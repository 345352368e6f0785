import { describe, expect, test } from 'vitest';
import { order } from '../order-case/case-fixture.ts';
import { previewBulk } from './bulk.ts';
import { previewPause, previewPurge, previewResume, previewRetry } from './invocation-acts.ts';
import { previewResend } from './order-mail.ts';
import { sentencesOf } from './preview.ts';
import { previewRefund } from './refund.ts';
import { previewRestart, restartPoints } from './restart.ts';
import { previewSale } from './sale.ts';
import { previewExtend, previewForceRelease } from './seat.ts';
import {
	AT,
	checkout,
	HOLD_END,
	intent,
	invocation,
	journal,
	money,
	seat
} from './preview-fixture.ts';

const paid = (refunds: { amount: number; status: string }[] = []) =>
	money(
		intent({
			...{ status: 'succeeded', captured: 12_000, amount: 12_000 },
			refunds: refunds.map((refund, place) => ({ ...refund, id: `re_${place}`, createdAt: AT }))
		})
	);
const sold = (id: string) =>
	seat(id, { status: 'SOLD', orderId: 'ord_1abcdefgh', reservedUntil: null });
const bought = { order: order(), seats: { ok: true as const, value: [sold('A-1'), sold('A-2')] } };

describe('a refund', () => {
	test('of all gives the seats back and tells the buyer', () => {
		const preview = previewRefund({ ...bought, money: paid() }, null);
		expect(sentencesOf(preview).slice(0, 4)).toEqual([
			'€120.00 goes back to the buyer’s card.',
			'2 seats come free: A-1, A-2.',
			'The order is closed in the session of alice.',
			'alice is told by mail to alice@example.com.'
		]);
		expect(preview.numbers).toEqual({ seats: 2, amount: 12_000, currency: 'EUR' });
	});

	test('of a part says what is left, and that the seats stay', () => {
		const preview = previewRefund(
			{
				...{ ...bought, order: order({ refunded: 1000 }) },
				money: paid([{ amount: 1000, status: 'succeeded' }])
			},
			2000
		);
		expect(sentencesOf(preview).slice(0, 2)).toEqual([
			'€20.00 of €120.00 goes back to the buyer’s card; €90.00 stays taken.',
			'2 seats stay sold to alice: A-1, A-2.'
		]);
		expect(preview.numbers).toMatchObject({ seats: 0, amount: 2000 });
	});

	test('leaves alone what is another order’s by now', () => {
		const facts = {
			...bought,
			seats: { ok: true as const, value: [sold('A-1'), seat('A-2', { holdId: 'x' })] }
		};
		const text = sentencesOf(previewRefund({ ...facts, money: paid() }, null)).join('\n');
		expect(text).toMatch(/1 seat comes free: A-1/);
		expect(text).toMatch(/left alone: A-2/);
	});

	test.each([
		[{ money: paid([{ amount: 12_000, status: 'succeeded' }]) }, 100, /Nothing is left to refund/],
		[{ money: paid([{ amount: 3000, status: 'pending' }]) }, 9001, /Only €90\.00 is left/],
		[{ money: paid() }, 12_001, /Only €120\.00 is left/],
		[{ money: paid(), order: order({ status: 'OPEN' }) }, null, /still open/],
		[{ money: paid(), order: order({ status: 'REFUNDED' }) }, 100, /leave the amount empty/],
		[
			{
				money: paid([{ amount: 12_000, status: 'pending' }]),
				order: order({ status: 'REFUNDED' })
			},
			null,
			/REFUNDED, and the gateway keeps nothing/
		],
		[{ money: { ok: false as const, message: 'no answer' } }, null, /cannot be told now: no answer/]
	])('is refused: %j, %s', (change, amount, why) => {
		expect(previewRefund({ ...bought, ...change }, amount).refusal).toMatch(why);
	});

	test('of what the gateway has returned by itself closes the order, and moves no money', () => {
		const all = paid([{ amount: 12_000, status: 'succeeded' }]);
		const preview = previewRefund({ ...bought, money: all }, null);
		expect(sentencesOf(preview).slice(0, 3)).toEqual([
			'Nothing is left to return: the gateway keeps no money for it. The order is closed.',
			'By the gateway, €120.00 has gone back already, more than is on record here (€0.00): the record is brought up to it.',
			'2 seats come free: A-1, A-2.'
		]);
		expect(preview).toMatchObject({ refusal: null, approvalFor: null, numbers: { amount: 0 } });
	});

	test('of a closed order moves only the money that is kept', () => {
		const refunds = [
			{ amount: 2000, status: 'succeeded' },
			{ amount: 10_000, status: 'failed' }
		];
		const facts = { ...bought, order: order({ status: 'REFUNDED' }), money: paid(refunds) };
		const preview = previewRefund(facts, null);
		expect(preview).toMatchObject({ refusal: null, numbers: { seats: 0, amount: 10_000 } });
		expect(sentencesOf(preview)).toContain('€100.00 goes back to the buyer’s card.');
	});

	test('counts off what went back without Nexus, and what is on its way', () => {
		const refunds = [
			{ amount: 1000, status: 'succeeded' },
			{ amount: 500, status: 'pending' },
			{ amount: 700, status: 'failed' }
		];
		const preview = previewRefund({ ...bought, money: paid(refunds) }, null);
		expect(preview.numbers.amount).toBe(10_500);
		expect(sentencesOf(preview)[1]).toMatch(/€15\.00 has gone back already/);
		const known = { ...bought, order: order({ refunded: 1500 }), money: paid(refunds) };
		expect(sentencesOf(previewRefund(known, null))[1]).toMatch(/seats come free/);
	});

	test('over the limit needs a second person, parts added up', () => {
		const large = order({ amount: 60_000 });
		const took = money(
			intent({
				...{ status: 'succeeded', captured: 60_000, amount: 60_000 },
				refunds: [{ id: 're', amount: 40_000, status: 'succeeded', createdAt: AT }]
			})
		);
		const facts = { ...bought, order: large, money: took };
		expect(previewRefund(facts, 10_000).approvalFor).toBeNull();
		expect(previewRefund(facts, 10_001).approvalFor).toMatch(/second person/);
	});
});

describe('a seat’s hold', () => {
	const plain = seat('A-1', { checkoutId: null, holdId: 'h' });

	test('a plain one is released without touching money', () => {
		const preview = previewForceRelease(plain, null, false);
		expect(sentencesOf(preview)).toEqual([
			'The hold of bob ends: anyone may reserve e:A-1 at once.',
			'No checkout uses it, so no payment is touched.',
			'bob is not told.'
		]);
		expect(preview).toMatchObject({ refusal: null, approvalFor: null, numbers: { seats: 1 } });
	});

	test('a live checkout’s is not, unless it is forced, which cancels that', () => {
		expect(previewForceRelease(seat('A-1'), checkout(), false).refusal).toMatch(/under way/);
		const forced = previewForceRelease(seat('A-1'), checkout(), true);
		expect(forced.refusal).toBeNull();
		expect(sentencesOf(forced)[0]).toMatch(
			/Checkout inv_1abcdefgh of bob, under way, is cancelled first/
		);
		expect(sentencesOf(forced)).toContain('3 seats come free: A-1, A-2, A-3.');
		expect(forced.approvalFor).toMatch(/second person/);
		const early = checkout({ items: journal('Ticket/e:A-1/hold') });
		expect(previewForceRelease(seat('A-1'), early, true).approvalFor).toBeNull();
	});

	test('neither a sold seat nor a free one is released', () => {
		expect(previewForceRelease(sold('A-1'), null, true).refusal).toMatch(/refund/);
		expect(previewForceRelease(seat('A-1', { status: 'AVAILABLE' }), null, false).refusal).toMatch(
			/not held/
		);
	});

	test('is extended from its end, within thirty minutes of its start', () => {
		expect(sentencesOf(previewExtend(seat('A-1'), 5))[0]).toBe(
			'The hold of bob ends at 2026-11-22 14:20:00 UTC instead of 2026-11-22 14:15:00 UTC.'
		);
		const late = seat('A-1', { reservedUntil: HOLD_END + 10 * 60_000 });
		expect(sentencesOf(previewExtend(late, 15)).join()).toMatch(/14:30:00 UTC instead.*cut off/);
		const full = seat('A-1', { reservedUntil: AT + 30 * 60_000 });
		expect(previewExtend(full, 1).refusal).toMatch(/as long as a hold may last/);
		expect(previewExtend(seat('A-1', { status: 'AVAILABLE', overdue: true }), 5).refusal).toMatch(
			/lapsed/
		);
	});
});

describe('a sale', () => {
	const sale = { name: 'Concert', onSale: true, held: 5, checkouts: 2 };

	test('that is paused lets those who hold seats finish', () => {
		expect(sentencesOf(previewSale(sale, false))).toEqual([
			'New reserves of Concert are answered 503 “paused: try again later”, from within a second.',
			'2 checkouts under way go on and can finish; one that still has seats to take fails.',
			'5 held seats stay held until the hold ends.'
		]);
		expect(previewSale({ ...sale, onSale: false }, false).refusal).toMatch(/paused already/);
		expect(previewSale(sale, true).refusal).toMatch(/on sale already/);
	});
});

describe('a mail', () => {
	test('goes out again as the order stands now, where there is one', () => {
		expect(sentencesOf(previewResend(order()))[0]).toMatch(
			/^The confirmation .* goes to alice@example\.com/
		);
		expect(sentencesOf(previewResend(order()))[1]).toMatch(/gets it twice/);
		expect(previewResend(order({ status: 'OPEN' })).refusal).toMatch(/no mail yet/);
		expect(previewResend(order({ email: null })).refusal).toMatch(/no address/);
	});
});

describe('an act on an invocation', () => {
	test('retry names the failure and spares what is done', () => {
		const facts = invocation({
			status: 'backing-off',
			nextRetryAt: AT,
			failure: 'gateway 503',
			items: journal('A', 'B!')
		});
		expect(sentencesOf(previewRetry(facts))).toEqual([
			'Payment.settle is tried again at once instead of at 2026-11-22 14:00:00 UTC; its 1 finished step is not run again.',
			'Its last attempt failed with: gateway 503. It fails again while that lasts.'
		]);
		expect(previewRetry(invocation()).refusal).toMatch(/it is running/);
	});

	test('resume says on which code', () => {
		const paused = invocation({ status: 'paused', deployment: { id: 'dp_1', latest: 'dp_2' } });
		expect(sentencesOf(previewResume(paused, false)).join()).toMatch(
			/stays on the code it began on \(dp_1\)/
		);
		expect(sentencesOf(previewResume(paused, true)).join()).toMatch(/dp_2 instead of dp_1/);
		expect(previewResume(invocation(), false).refusal).toMatch(/not paused/);
	});

	test('pause keeps the key locked; purge takes only what has ended', () => {
		const text = sentencesOf(previewPause(invocation({ waiting: 2 }))).join();
		expect(text).toMatch(/stays locked meanwhile: 2 waiting/);
		expect(previewPause(invocation({ status: 'paused' })).refusal).toMatch(/is paused/);
		expect(previewPurge(invocation()).refusal).toMatch(/is running/);
		expect(previewPurge(invocation({ status: 'killed' })).refusal).toBeNull();
	});
});

describe('a restart', () => {
	const ended = invocation({ status: 'failed', items: journal('A', 'Ticket/e:A-1/release', 'B!') });

	test('names what is kept and what runs again', () => {
		expect(restartPoints(ended)).toEqual([
			{ entry: 0, name: 'its beginning' },
			{ entry: 1, name: 'Ticket/e:A-1/release' },
			{ entry: 2, name: 'B' }
		]);
		const preview = previewRestart(ended, 2);
		expect(sentencesOf(preview).slice(1)).toEqual([
			'Kept, and not run again: A and Ticket/e:A-1/release.',
			'Runs again: B, and what follows.'
		]);
		expect(preview.refusal).toBeNull();
		expect(previewRestart(ended, 7).refusal).toMatch(/no such step/);
		expect(previewRestart(invocation({ items: ended.items }), 0).refusal).toMatch(/is running/);
		expect(previewRestart({ ...ended, items: [] }, 0).refusal).toMatch(/no longer keeps/);
	});

	test('of a checkout is a new order, from its beginning alone', () => {
		const failed = checkout({ status: 'failed' });
		expect(restartPoints(failed)).toEqual([{ entry: 0, name: 'its beginning' }]);
		expect(sentencesOf(previewRestart(failed, 0)).join()).toMatch(/new order: bob is charged/);
		expect(previewRestart(failed, 3).refusal).toMatch(/no such step/);
	});
});

describe('a bulk change', () => {
	const many = (n: number, status: 'running' | 'succeeded') =>
		Array.from({ length: n }, (_, place) => ({ id: `inv_1${status}${place}`, status }));

	test('counts what it can be done to, and what will refuse', () => {
		const preview = previewBulk('cancel', [...many(3, 'running'), ...many(2, 'succeeded')]);
		const text = sentencesOf(preview);
		expect(text[0]).toBe('3 invocations: 3 running.');
		expect(text).toContain('Will be refused, as things are: 2 succeeded.');
		expect(preview).toMatchObject({ refusal: null, approvalFor: null });
	});

	test.each([
		['cancel', many(0, 'running'), /Nothing is chosen/],
		['cancel', many(2, 'succeeded'), /None of them/],
		['purge', many(10_001, 'succeeded'), /More than 10000/]
	] as const)('%s of such is refused', (act, chosen, why) => {
		expect(previewBulk(act, chosen).refusal).toMatch(why);
	});

	test('needs a second person over the limit, and a kill always', () => {
		expect(previewBulk('cancel', many(25, 'running')).approvalFor).toBeNull();
		expect(previewBulk('cancel', many(26, 'running')).approvalFor).toMatch(/second person/);
		expect(previewBulk('kill', many(1, 'running')).approvalFor).toMatch(/second person/);
	});
});
