/**
 * The life of a payment intent, as Stripe defines it for cards. Pure. A card that asks its holder to
 * authenticate stops at `requires_action`: nobody is there to answer it.
 */
export type IntentStatus =
	| 'requires_payment_method'
	| 'requires_confirmation'
	| 'requires_action'
	| 'requires_capture'
	| 'succeeded'
	| 'canceled';

/** Why a card was refused, in Stripe's words. */
export interface Decline {
	code: string;
	declineCode: string;
	message: string;
	/** No refusal yet: the holder is asked to authenticate first. */
	challenge?: true;
}

/** Amounts are in the currency's smallest unit; times are in seconds. */
export interface Intent {
	id: string;
	amount: number;
	amountCapturable: number;
	amountReceived: number;
	amountRefunded: number;
	currency: string;
	captureMethod: 'automatic' | 'manual';
	status: IntentStatus;
	paymentMethod: string | null;
	latestCharge: string | null;
	lastDecline: Decline | null;
	canceledAt: number | null;
	cancellationReason: string | null;
	created: number;
	description: string | null;
	receiptEmail: string | null;
	metadata: Record<string, string>;
}

export type IntentCommand =
	| { type: 'confirm'; paymentMethod?: string | undefined; charge: string; decline: Decline | null }
	| { type: 'capture'; amount?: number | undefined }
	| { type: 'cancel'; reason: string | null; at: number }
	| { type: 'refund'; amount?: number | undefined };

/** Why a command cannot be done in the intent's present state. */
export interface Refusal {
	code: string;
	message: string;
	param?: string;
}

export type IntentOutcome =
	| { kind: 'changed'; intent: Intent }
	| { kind: 'declined'; intent: Intent; decline: Decline }
	| { kind: 'refused'; refusal: Refusal };

/** What a new intent is made of. */
export type NewIntent = Pick<
	Intent,
	| 'id'
	| 'amount'
	| 'currency'
	| 'captureMethod'
	| 'paymentMethod'
	| 'created'
	| 'description'
	| 'receiptEmail'
	| 'metadata'
>;

/** A new, unconfirmed intent. */
export const createIntent = (fields: NewIntent): Intent => ({
	...fields,
	status: fields.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation',
	amountCapturable: 0,
	amountReceived: 0,
	amountRefunded: 0,
	latestCharge: null,
	lastDecline: null,
	canceledAt: null,
	cancellationReason: null
});

/** Decides a command against an intent: the intent after it, or why it is refused. */
export function decideIntent(intent: Intent, command: IntentCommand): IntentOutcome {
	switch (command.type) {
		case 'confirm':
			return confirm(intent, command);
		case 'capture':
			return capture(intent, command.amount);
		case 'cancel':
			return cancel(intent, command);
		case 'refund':
			return refund(intent, command.amount);
	}
}

function confirm(
	intent: Intent,
	command: Extract<IntentCommand, { type: 'confirm' }>
): IntentOutcome {
	if (intent.status === 'succeeded') {
		return unexpectedState(
			'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
		);
	}
	if (
		intent.status === 'canceled' ||
		intent.status === 'requires_capture' ||
		intent.status === 'requires_action'
	) {
		return wrongStatus(intent, 'You cannot confirm', 'confirmed', [
			'requires_payment_method',
			'requires_confirmation'
		]);
	}
	const paymentMethod = command.paymentMethod ?? intent.paymentMethod;
	if (paymentMethod === null) {
		return unexpectedState(
			"You cannot confirm this PaymentIntent because it's missing a payment method. Confirm it again with a payment method."
		);
	}
	if (command.decline?.challenge)
		return changed({ ...intent, paymentMethod, status: 'requires_action', lastDecline: null });
	if (command.decline) {
		const declined: Intent = {
			...intent,
			status: 'requires_payment_method',
			paymentMethod: null,
			latestCharge: command.charge,
			lastDecline: command.decline
		};
		return { kind: 'declined', intent: declined, decline: command.decline };
	}
	const paid = { ...intent, paymentMethod, latestCharge: command.charge, lastDecline: null };
	return changed(
		intent.captureMethod === 'manual'
			? { ...paid, status: 'requires_capture', amountCapturable: intent.amount }
			: { ...paid, status: 'succeeded', amountReceived: intent.amount }
	);
}

function capture(intent: Intent, requested: number | undefined): IntentOutcome {
	if (intent.status === 'succeeded') {
		return unexpectedState(
			'This PaymentIntent could not be captured because it has already been captured.'
		);
	}
	if (intent.status !== 'requires_capture') {
		return wrongStatus(intent, 'You cannot capture', 'captured', ['requires_capture']);
	}
	const amount = requested ?? intent.amountCapturable;
	if (amount > intent.amountCapturable) {
		return refused({
			code: 'amount_too_large',
			param: 'amount_to_capture',
			message: `The requested capture amount (${amount}) is greater than the amount you can capture for this charge (${intent.amountCapturable}).`
		});
	}
	// A capture is final: what it leaves uncaptured goes back to the card.
	return changed({ ...intent, status: 'succeeded', amountReceived: amount, amountCapturable: 0 });
}

function cancel(
	intent: Intent,
	command: Extract<IntentCommand, { type: 'cancel' }>
): IntentOutcome {
	if (intent.status === 'succeeded' || intent.status === 'canceled') {
		return wrongStatus(intent, 'You cannot cancel', 'canceled', [
			'requires_payment_method',
			'requires_capture',
			'requires_confirmation',
			'requires_action'
		]);
	}
	return changed({
		...intent,
		status: 'canceled',
		amountCapturable: 0,
		canceledAt: command.at,
		cancellationReason: command.reason
	});
}

function refund(intent: Intent, requested: number | undefined): IntentOutcome {
	if (intent.status !== 'succeeded') {
		return unexpectedState(
			`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`
		);
	}
	const refundable = intent.amountReceived - intent.amountRefunded;
	if (refundable === 0) {
		return refused({
			code: 'charge_already_refunded',
			message: `Charge ${intent.latestCharge ?? intent.id} has already been refunded.`
		});
	}
	const amount = requested ?? refundable;
	if (amount > refundable) {
		return refused({
			code: 'amount_too_large',
			param: 'amount',
			message: `Refund amount (${amount}) is greater than unrefunded amount on charge (${refundable}).`
		});
	}
	return changed({ ...intent, amountRefunded: intent.amountRefunded + amount });
}

const changed = (intent: Intent): IntentOutcome => ({ kind: 'changed', intent });
const refused = (refusal: Refusal): IntentOutcome => ({ kind: 'refused', refusal });
const unexpectedState = (message: string): IntentOutcome =>
	refused({ code: 'payment_intent_unexpected_state', message });

const wrongStatus = (
	{ status }: Intent,
	complaint: string,
	participle: string,
	allowed: readonly IntentStatus[]
): IntentOutcome =>
	unexpectedState(
		`${complaint} this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be ${participle}: ${allowed.join(', ')}.`
	);
