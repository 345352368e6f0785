import type { Answer } from './answer.ts';
import type { Intent, IntentOutcome } from './intent.ts';
import type { StripeError } from './stripe-error.ts';
import { intentObject } from './stripe-objects.ts';

/** A command that was done. */
export const done = (operation: string, intent: Intent): Answer => ({
	status: 200,
	body: intentObject(intent),
	execution: { operation, object: intent.id, committed: true }
});

/** What Stripe answers to a command, done or not; `before` is the intent as it was. */
export function answerOf(operation: string, before: Intent, outcome: IntentOutcome): Answer {
	if (outcome.kind === 'changed') return done(operation, outcome.intent);
	if (outcome.kind === 'declined') {
		const { code, declineCode, message } = outcome.decline;
		return failed(operation, outcome.intent, 402, true, {
			type: 'card_error',
			code,
			decline_code: declineCode,
			message,
			...(outcome.intent.latestCharge ? { charge: outcome.intent.latestCharge } : {})
		});
	}
	return failed(operation, before, 400, false, {
		type: 'invalid_request_error',
		...outcome.refusal
	});
}

const failed = (
	operation: string,
	intent: Intent,
	status: number,
	committed: boolean,
	error: StripeError
): Answer => ({
	status,
	body: { error: { ...error, payment_intent: intentObject(intent) } },
	execution: { operation, object: intent.id, committed }
});

/** Nothing is known of a payment method: found out while executing, so the answer is saved. */
export const missingPaymentMethod = (
	operation: string,
	id: string,
	intent: string | null
): Answer => ({
	status: 400,
	body: {
		error: {
			type: 'invalid_request_error',
			code: 'resource_missing',
			message: `No such PaymentMethod: '${id}'`,
			param: 'payment_method'
		} satisfies StripeError
	},
	execution: { operation, object: intent, committed: false }
});
