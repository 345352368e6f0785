import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIntent, decideIntent } from './intent.ts';
import type { Intent, IntentCommand, IntentOutcome, IntentStatus } from './intent.ts';
import { GENERIC_DECLINE } from './payment-methods.ts';

const fresh = (change: Partial<Intent> = {}): Intent => ({
	...createIntent({
		id: 'pi_1',
		amount: 500,
		currency: 'eur',
		captureMethod: 'manual',
		paymentMethod: 'pm_card_visa',
		created: 1,
		description: null,
		receiptEmail: null,
		metadata: {}
	}),
	...change
});

const pay: IntentCommand = { type: 'confirm', charge: 'ch_1', decline: null };
const decline: IntentCommand = { type: 'confirm', charge: 'ch_2', decline: GENERIC_DECLINE };
const challenge: IntentCommand = {
	type: 'confirm',
	charge: 'ch_3',
	decline: { ...GENERIC_DECLINE, challenge: true }
};
const capture: IntentCommand = { type: 'capture' };
const cancel: IntentCommand = { type: 'cancel', reason: 'abandoned', at: 9 };
const refund: IntentCommand = { type: 'refund' };

/** The intent after commands that must all be done. */
const after = (intent: Intent, ...commands: IntentCommand[]): Intent =>
	commands.reduce((current, command) => {
		const outcome = decideIntent(current, command);
		if (outcome.kind === 'refused') throw new Error(outcome.refusal.message);
		return outcome.intent;
	}, intent);

const refusalOf = (outcome: IntentOutcome) =>
	outcome.kind === 'refused' ? outcome.refusal : expect.fail(`was ${outcome.kind}`);

describe('an intent', () => {
	it('is authorised, then captured, then refunded', () => {
		const authorised = after(fresh(), pay);
		expect(authorised).toMatchObject({
			status: 'requires_capture',
			amountCapturable: 500,
			amountReceived: 0,
			latestCharge: 'ch_1'
		});
		const captured = after(authorised, capture);
		expect(captured).toMatchObject({
			status: 'succeeded',
			amountCapturable: 0,
			amountReceived: 500
		});
		expect(after(captured, { type: 'refund', amount: 200 }).amountRefunded).toBe(200);
		expect(after(captured, { type: 'refund', amount: 200 }, refund).amountRefunded).toBe(500);
	});

	it('succeeds at once when captured automatically', () => {
		expect(after(fresh({ captureMethod: 'automatic' }), pay)).toMatchObject({
			status: 'succeeded',
			amountReceived: 500
		});
	});

	it('gives back what a partial capture leaves', () => {
		expect(after(fresh(), pay, { type: 'capture', amount: 300 })).toMatchObject({
			status: 'succeeded',
			amountReceived: 300,
			amountCapturable: 0
		});
	});

	it('asks for another payment method when declined, and takes it', () => {
		const declined = after(fresh(), decline);
		expect(declined).toMatchObject({
			status: 'requires_payment_method',
			paymentMethod: null,
			lastDecline: GENERIC_DECLINE,
			amountCapturable: 0
		});
		expect(refusalOf(decideIntent(declined, pay)).message).toContain('missing a payment method');
		expect(after(declined, { ...pay, paymentMethod: 'pm_card_amex' })).toMatchObject({
			status: 'requires_capture',
			paymentMethod: 'pm_card_amex',
			lastDecline: null
		});
	});

	it('voids an authorisation when canceled', () => {
		expect(after(fresh(), pay, cancel)).toMatchObject({
			status: 'canceled',
			amountCapturable: 0,
			canceledAt: 9,
			cancellationReason: 'abandoned'
		});
	});

	const STATES: [IntentStatus, Intent][] = [
		['requires_payment_method', fresh({ status: 'requires_payment_method', paymentMethod: null })],
		['requires_confirmation', fresh()],
		['requires_action', after(fresh(), challenge)],
		['requires_capture', after(fresh(), pay)],
		['succeeded', after(fresh(), pay, capture)],
		['canceled', after(fresh(), cancel)]
	];
	const ALLOWED: Record<IntentCommand['type'], IntentStatus[]> = {
		confirm: ['requires_payment_method', 'requires_confirmation'],
		capture: ['requires_capture'],
		cancel: [
			'requires_payment_method',
			'requires_confirmation',
			'requires_action',
			'requires_capture'
		],
		refund: ['succeeded']
	};
	const COMMANDS = [{ ...pay, paymentMethod: 'pm_card_visa' }, capture, cancel, refund];
	const cases = STATES.flatMap(([status, intent]) =>
		COMMANDS.map((command) => [command.type, status, intent, command] as const)
	);

	it.each(cases)('%s in %s', (type, status, intent, command) => {
		const outcome = decideIntent(intent, command);
		if (ALLOWED[type].includes(status)) expect(outcome.kind).toBe('changed');
		else expect(refusalOf(outcome).code).toBe('payment_intent_unexpected_state');
	});

	it.each<[string, IntentCommand[], IntentCommand, string]>([
		[
			'a capture above the authorised amount',
			[pay],
			{ type: 'capture', amount: 501 },
			'amount_too_large'
		],
		[
			'a refund above the rest',
			[pay, capture, { type: 'refund', amount: 1 }],
			{ type: 'refund', amount: 500 },
			'amount_too_large'
		],
		['a refund of nothing left', [pay, capture, refund], refund, 'charge_already_refunded']
	])('refuses %s', (_, before, command, code) => {
		expect(refusalOf(decideIntent(after(fresh(), ...before), command)).code).toBe(code);
	});
});

describe('any history of an intent', () => {
	const amount = fc.option(fc.integer({ min: 1, max: 1200 }), { nil: undefined });
	const command: fc.Arbitrary<IntentCommand> = fc.oneof(
		fc.record({
			type: fc.constant('confirm' as const),
			paymentMethod: fc.constantFrom(undefined, 'pm_card_visa'),
			charge: fc.constant('ch_1'),
			decline: fc.constantFrom(null, null, GENERIC_DECLINE)
		}),
		fc.record({ type: fc.constant('capture' as const), amount }),
		fc.record({
			type: fc.constant('cancel' as const),
			reason: fc.constant(null),
			at: fc.constant(9)
		}),
		fc.record({ type: fc.constant('refund' as const), amount })
	);
	const start = fc
		.record({
			amount: fc.integer({ min: 1, max: 1000 }),
			captureMethod: fc.constantFrom('manual' as const, 'automatic' as const)
		})
		.map((fields) => fresh(fields));

	it('moves no money that was not authorised, and none at all once canceled', () => {
		fc.assert(
			fc.property(start, fc.array(command, { maxLength: 30 }), (initial, commands) => {
				let intent = initial;
				let authorised = 0;
				for (const next of commands) {
					const outcome = decideIntent(intent, next);
					if (outcome.kind === 'refused') continue;
					const before = intent;
					intent = outcome.intent;
					if (next.type === 'confirm' && outcome.kind === 'changed') authorised += intent.amount;

					expect(authorised).toBeLessThanOrEqual(intent.amount);
					expect(intent.amountReceived + intent.amountCapturable).toBeLessThanOrEqual(authorised);
					expect(intent.amountRefunded).toBeLessThanOrEqual(intent.amountReceived);
					expect(intent.amountRefunded).toBeGreaterThanOrEqual(before.amountRefunded);
					expect(intent.amountCapturable > 0).toBe(intent.status === 'requires_capture');
					expect(intent.amountReceived > 0).toBe(intent.status === 'succeeded');
					expect(before.status).not.toBe('canceled');
					if (before.status === 'succeeded') expect(next.type).toBe('refund');
				}
			}),
			{ numRuns: 500 }
		);
	});

	it('never changes the intent it is given', () => {
		fc.assert(
			fc.property(start, fc.array(command, { maxLength: 10 }), (initial, commands) => {
				commands.reduce((intent, next) => {
					const copy = structuredClone(intent);
					const outcome = decideIntent(intent, next);
					expect(intent).toEqual(copy);
					return outcome.kind === 'refused' ? intent : outcome.intent;
				}, initial);
			})
		);
	});
});
