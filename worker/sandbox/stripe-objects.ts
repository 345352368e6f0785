import type { Intent } from './intent.ts';

/** Where a refund may be besides `succeeded`: the bank has not said yet, or has sent it back. */
export type RefundSnag = 'pending' | 'failed';

/** A refund as it is kept; it succeeds at once unless the fault plan says otherwise. */
export interface Refund {
	id: string;
	intent: string;
	charge: string | null;
	amount: number;
	currency: string;
	reason: string | null;
	metadata: Record<string, string>;
	created: number;
	snag?: RefundSnag;
}

/** An ID in Stripe's style: a prefix and 24 random letters or digits. */
export function newId(prefix: 'pi' | 'ch' | 're' | 'req'): string {
	const bytes = crypto.getRandomValues(new Uint8Array(24));
	return `${prefix}_${Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** An intent as the API shows it. */
export const intentObject = (intent: Intent) => ({
	id: intent.id,
	object: 'payment_intent',
	amount: intent.amount,
	amount_capturable: intent.amountCapturable,
	amount_received: intent.amountReceived,
	automatic_payment_methods: null,
	canceled_at: intent.canceledAt,
	cancellation_reason: intent.cancellationReason,
	capture_method: intent.captureMethod,
	client_secret: `${intent.id}_secret_sandbox`,
	confirmation_method: 'automatic',
	created: intent.created,
	currency: intent.currency,
	customer: null,
	description: intent.description,
	last_payment_error: intent.lastDecline && {
		type: 'card_error',
		code: intent.lastDecline.code,
		decline_code: intent.lastDecline.declineCode,
		message: intent.lastDecline.message,
		charge: intent.latestCharge
	},
	latest_charge: intent.latestCharge,
	livemode: false,
	metadata: intent.metadata,
	next_action: intent.status === 'requires_action' ? { type: 'use_stripe_sdk' } : null,
	payment_method: intent.paymentMethod,
	payment_method_types: ['card'],
	processing: null,
	receipt_email: intent.receiptEmail,
	status: intent.status
});

/** A refund as the API shows it. */
export const refundObject = (refund: Refund) => ({
	id: refund.id,
	object: 'refund',
	amount: refund.amount,
	balance_transaction: null,
	charge: refund.charge,
	created: refund.created,
	currency: refund.currency,
	metadata: refund.metadata,
	payment_intent: refund.intent,
	reason: refund.reason,
	receipt_number: null,
	status: refund.snag ?? 'succeeded'
});

/** A page of a list, newest first. */
export const listObject = (url: string, page: Page<unknown>) => ({
	object: 'list',
	url,
	has_more: page.hasMore,
	data: page.items
});

export interface Page<T> {
	items: T[];
	hasMore: boolean;
}
