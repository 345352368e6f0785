import { describe, expect, test } from 'vitest';
import { previewCancel, previewCheckoutCancel } from './cancel.ts';
import type { CheckoutFacts } from './facts.ts';
import { previewCheckoutKill, previewKill } from './kill.ts';
import { sentencesOf } from './preview.ts';
import type { Preview } from './preview.ts';
import { checkout, intent, invocation, journal, money, seat } from './preview-fixture.ts';

const unread = { ok: false, message: 'the gateway does not answer' } as const;

const all = (preview: Preview): string => sentencesOf(preview).join('\n');

describe('cancelling a checkout', () => {
	test('that authorised its money and holds three seats', () => {
		const preview = previewCheckoutCancel(
			checkout({ items: [...checkout().items, ...journal('Ticket/e:A-1/confirm…')] })
		);
		expect(sentencesOf(preview)).toEqual([
			'So far: 3 seats held and payment of €79.00 authorised.',
			'3 seats come free: A-1, A-2, A-3.',
			'The authorisation of €79.00 is voided: no money is kept.',
			'The order is closed in the session of bob.',
			'bob is told by mail to bob@example.com.',
			'The buyer’s call ends with “Cancelled”.',
			'The call Ticket/e:A-1/confirm (inv_1child1) under way is cancelled with it.'
		]);
		expect(preview).toMatchObject({
			affected: ['bob'],
			numbers: { seats: 3, amount: 7900, currency: 'eur' },
			refusal: null,
			approvalFor: null
		});
	});

	test.each<[string, Partial<CheckoutFacts>, RegExp[]]>([
		[
			'before it asked for money',
			{
				items: journal('Price seats', 'Ticket/e:A-1/hold'),
				seats: { ok: true, value: [seat('A-1')] },
				money: money(),
				order: null
			},
			[/1 seat comes free: A-1\./, /No money was asked for/, /not on record yet, so no mail/]
		],
		[
			'while the gateway’s answer is missing',
			{
				items: journal('Ticket/e:A-1/hold', 'Authorise payment…'),
				money: money()
			},
			[/payment of €79\.00 asked for, not answered/, /looked up and voided/, /told by mail/]
		],
		[
			'while the gateway cannot be asked',
			{ money: unread, order: null },
			[/cannot be told now: the gateway does not answer/]
		],
		[
			'that captured',
			{ money: money(intent({ status: 'succeeded', captured: 7900 })) },
			[/€79\.00 goes back to the buyer’s card/]
		],
		[
			'whose card was declined',
			{ money: money(intent({ status: 'requires_payment_method', decline: 'no' })) },
			[/No money is kept/]
		],
		['of one who left no address', { email: null }, [/left no address, so nobody is told/]],
		[
			'whose seats cannot be read',
			{ seats: unread },
			[/by its journal: A-1, A-2, A-3\. How they are now cannot be read/]
		],
		[
			'whose seats are gone',
			{ seats: { ok: true, value: [seat('A-1', { holdId: 'other', reservedBy: 'eve' })] } },
			[/It has no seat to give back/]
		],
		['that backs off', { status: 'backing-off' }, [/woken at once/]],
		['that is paused', { status: 'paused' }, [/the cancel wakes it/]],
		['that has not begun', { status: 'scheduled' }, [/^It has not begun: it goes without a trace/]]
	])('%s', (_, change, expected) => {
		const text = all(previewCheckoutCancel(checkout(change)));
		for (const pattern of expected) expect(text).toMatch(pattern);
	});

	test('is not to be asked for twice, nor of one that has ended', () => {
		expect(previewCheckoutCancel(checkout({ cancelRequested: true })).refusal).toMatch(/already/);
		expect(previewCheckoutCancel(checkout({ status: 'succeeded' })).refusal).toMatch(
			/ended already/
		);
	});
});

describe('killing a checkout', () => {
	test('says that nothing is undone, what stays, and which timers settle it', () => {
		const preview = previewCheckoutKill(checkout());
		const text = all(preview);
		for (const pattern of [
			/NO compensation runs/,
			/Stays held: A-1, A-2, A-3\. The seats’ own timers free them at 2026-11-22 14:15:00 UTC/,
			/The authorisation of €79\.00 stays on the buyer’s card/,
			/At 2026-11-22 14:30:00 UTC the session of bob looks after the order, and Payment\/ord_1abcdefgh settles it/,
			/no mail says why/
		])
			expect(text).toMatch(pattern);
		expect(preview.numbers).toMatchObject({ seats: 0, amount: null });
		expect(preview.approvalFor).toMatch(/second person/);
	});

	test('says when no timer is left, and what is sold to nobody who pays', () => {
		const sold = seat('A-1', { status: 'SOLD', orderId: 'ord_1abcdefgh', reservedUntil: null });
		const facts = checkout({ reviewAt: null, seats: { ok: true, value: [sold] } });
		const text = all(previewCheckoutKill(facts));
		expect(text).toMatch(/Stays sold to an order that may never be paid: A-1/);
		expect(text).toMatch(/No timer of the buyer’s session is left/);
		expect(text).not.toMatch(/Stays held/);
	});
});

describe('ending any other invocation', () => {
	const facts = invocation({
		waiting: 3,
		items: journal('Void or refund payment', 'Ticket/e:A-1/release…')
	});

	test('a cancel has no compensations to run', () => {
		expect(sentencesOf(previewCancel(facts))).toEqual([
			'Done so far, and not undone: Void or refund payment.',
			'Payment.settle stops at what it awaits next. It has no compensations.',
			'The call Ticket/e:A-1/release (inv_1child2) under way is cancelled with it.',
			'Its key is unlocked; 3 waiting behind it go on.'
		]);
	});

	test('a kill leaves all behind', () => {
		const text = all(previewKill(facts));
		expect(text).toMatch(/NO compensation runs/);
		expect(text).toMatch(/Stays as it is: Void or refund payment\./);
		expect(text).toMatch(/under way is killed with it/);
		expect(previewKill(invocation({ status: 'failed' })).refusal).toMatch(/nothing to kill/);
	});
});
