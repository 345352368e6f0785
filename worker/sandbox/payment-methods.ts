import type { Decline } from './intent.ts';

/** What the coin of `declineRate` and a plainly declined card answer. */
export const GENERIC_DECLINE: Decline = {
	code: 'card_declined',
	declineCode: 'generic_decline',
	message: 'Your card was declined.'
};

const declinedFor = (declineCode: string, message = GENERIC_DECLINE.message): Decline => ({
	...GENERIC_DECLINE,
	declineCode,
	message
});

/** Reasons that are the error's code as well. */
const refusedFor = (code: string, message: string): Decline => ({
	code,
	declineCode: code,
	message
});

const DECLINES: Record<string, Decline> = {
	chargeDeclined: GENERIC_DECLINE,
	chargeDeclinedInsufficientFunds: declinedFor(
		'insufficient_funds',
		'Your card has insufficient funds.'
	),
	chargeDeclinedLostCard: declinedFor('lost_card'),
	chargeDeclinedStolenCard: declinedFor('stolen_card'),
	chargeDeclinedFraudulent: declinedFor('fraudulent'),
	chargeDeclinedVelocityLimitExceeded: declinedFor(
		'card_velocity_exceeded',
		'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.'
	),
	chargeDeclinedExpiredCard: refusedFor('expired_card', 'Your card has expired.'),
	chargeDeclinedIncorrectCvc: refusedFor(
		'incorrect_cvc',
		"Your card's security code is incorrect."
	),
	chargeDeclinedProcessingError: refusedFor(
		'processing_error',
		'An error occurred while processing your card. Try again in a little bit.'
	)
};

const CHALLENGE: Decline = {
	code: 'authentication_required',
	declineCode: 'authentication_required',
	message: 'Your card was declined. This transaction requires authentication.',
	challenge: true
};

const PAYING = [
	'visa',
	'visa_debit',
	'mastercard',
	'mastercard_debit',
	'mastercard_prepaid',
	'amex',
	'discover',
	'diners',
	'jcb',
	'unionpay'
];

/** Stripe's test payment methods; null pays. Stripe spells declining ones with and without brand. */
const METHODS = new Map<string, Decline | null>([
	['pm_card_authenticationRequired', CHALLENGE],
	['pm_card_threeDSecure2Required', CHALLENGE],
	...PAYING.map((brand) => [`pm_card_${brand}`, null] as const),
	...Object.entries(DECLINES).flatMap(([name, decline]) => [
		[`pm_card_${name}`, decline] as const,
		[`pm_card_visa_${name}`, decline] as const
	])
]);

/** How a card answers: null when it pays, undefined when there is no such payment method. */
export const cardVerdict = (paymentMethod: string): Decline | null | undefined =>
	METHODS.get(paymentMethod);
