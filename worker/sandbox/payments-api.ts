import type { Answer, ApiRequest } from './answer.ts';
import { createIntent, decideIntent } from './intent.ts';
import type { Decline, Intent, IntentCommand } from './intent.ts';
import { answerOf, done, missingPaymentMethod } from './payment-answers.ts';
import { cardVerdict, GENERIC_DECLINE } from './payment-methods.ts';
import type { PaymentStore } from './payment-store.ts';
import { parseSearchQuery, SearchQueryError } from './search-query.ts';
import { invalidRequest, missingParameterResource, missingResource } from './stripe-error.ts';
import { intentObject, listObject, newId, refundObject } from './stripe-objects.ts';
import type { Refund, RefundSnag } from './stripe-objects.ts';
import * as params from './stripe-params.ts';

const INTENTS = '/v1/payment_intents';
const REFUNDS = '/v1/refunds';

type Handler = (request: ApiRequest, id: string) => Answer;

/** What the fault plan decides. */
interface Chances {
	coinDeclines: () => boolean;
	refundSnag: () => RefundSnag | undefined;
}

/** Stripe's payment intents and refunds, as far as Nexus uses them. */
export class PaymentsApi {
	readonly #store: PaymentStore;
	readonly #coinDeclines: () => boolean;
	readonly #refundSnag: () => RefundSnag | undefined;
	readonly #routes: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
		['POST', /^\/v1\/payment_intents$/, (request) => this.#create(request)],
		['GET', /^\/v1\/payment_intents$/, (request) => this.#list(request)],
		['GET', /^\/v1\/payment_intents\/search$/, (request) => this.#search(request)],
		['GET', /^\/v1\/payment_intents\/([^/]+)$/, (request, id) => this.#retrieve(request, id)],
		[
			'POST',
			/^\/v1\/payment_intents\/([^/]+)\/confirm$/,
			(request, id) => this.#confirm(request, id)
		],
		[
			'POST',
			/^\/v1\/payment_intents\/([^/]+)\/capture$/,
			(request, id) => this.#capture(request, id)
		],
		[
			'POST',
			/^\/v1\/payment_intents\/([^/]+)\/cancel$/,
			(request, id) => this.#cancel(request, id)
		],
		['POST', /^\/v1\/refunds$/, (request) => this.#refund(request)],
		['GET', /^\/v1\/refunds$/, (request) => this.#listRefunds(request)],
		['GET', /^\/v1\/refunds\/([^/]+)$/, (request, id) => this.#retrieveRefund(request, id)]
	];

	/** `coinDeclines` is asked once for each payment attempt, `refundSnag` for each refund. */
	constructor(store: PaymentStore, { coinDeclines, refundSnag }: Chances) {
		this.#store = store;
		this.#coinDeclines = coinDeclines;
		this.#refundSnag = refundSnag;
	}

	/** @throws RequestRejected when the request is refused before it executes */
	handle(request: ApiRequest): Answer {
		for (const [method, path, handler] of this.#routes) {
			const match = method === request.method ? path.exec(request.path) : null;
			if (match) return handler(request, match[1] ?? '');
		}
		throw invalidRequest(404, `Unrecognized request URL (${request.method}: ${request.path}).`);
	}

	#create(request: ApiRequest): Answer {
		const input = params.readParams(params.createIntentParams, request.body);
		const paymentMethod = input.payment_method ?? null;
		if (paymentMethod !== null && cardVerdict(paymentMethod) === undefined) {
			return missingPaymentMethod('create', paymentMethod, null);
		}
		const intent = createIntent({
			id: newId('pi'),
			amount: input.amount,
			currency: input.currency,
			captureMethod: input.capture_method === 'manual' ? 'manual' : 'automatic',
			paymentMethod,
			created: seconds(request),
			description: input.description ?? null,
			receiptEmail: input.receipt_email ?? null,
			metadata: input.metadata
		});
		if (!input.confirm) {
			this.#store.insertIntent(intent);
			return done('create', intent);
		}
		const outcome = decideIntent(intent, this.#payment(paymentMethod ?? undefined, intent));
		// A declined intent exists all the same; one that cannot even be confirmed does not.
		if (outcome.kind !== 'refused') this.#store.insertIntent(outcome.intent);
		return answerOf('create', intent, outcome);
	}

	#confirm(request: ApiRequest, id: string): Answer {
		const input = params.readParams(params.confirmIntentParams, request.body);
		const intent = this.#intent(id);
		const { payment_method: paymentMethod } = input;
		if (paymentMethod !== undefined && cardVerdict(paymentMethod) === undefined) {
			return missingPaymentMethod('confirm', paymentMethod, id);
		}
		return this.#apply('confirm', intent, this.#payment(paymentMethod, intent));
	}

	#capture(request: ApiRequest, id: string): Answer {
		const input = params.readParams(params.captureIntentParams, request.body);
		const command = { type: 'capture', amount: input.amount_to_capture } as const;
		return this.#apply('capture', this.#intent(id), command);
	}

	#cancel(request: ApiRequest, id: string): Answer {
		const input = params.readParams(params.cancelIntentParams, request.body);
		const reason = input.cancellation_reason ?? null;
		const command = { type: 'cancel', reason, at: seconds(request) } as const;
		return this.#apply('cancel', this.#intent(id), command);
	}

	#refund(request: ApiRequest): Answer {
		const input = params.readParams(params.createRefundParams, request.body);
		const intent = this.#store.intent(input.payment_intent);
		if (!intent)
			throw missingParameterResource('payment_intent', input.payment_intent, 'payment_intent');
		const outcome = decideIntent(intent, { type: 'refund', amount: input.amount });
		if (outcome.kind !== 'changed') return answerOf('refund', intent, outcome);
		const snag = this.#refundSnag();
		// What the bank sends back is the account's again, and can be refunded anew.
		if (snag !== 'failed') this.#store.updateIntent(outcome.intent);
		const refund: Refund = {
			id: newId('re'),
			intent: intent.id,
			charge: intent.latestCharge,
			amount: outcome.intent.amountRefunded - intent.amountRefunded,
			currency: intent.currency,
			reason: input.reason ?? null,
			metadata: input.metadata,
			created: seconds(request),
			...(snag && { snag })
		};
		this.#store.insertRefund(refund);
		const execution = { operation: 'refund', object: refund.id, committed: true };
		return { status: 200, body: refundObject(refund), execution };
	}

	#retrieve(request: ApiRequest, id: string): Answer {
		params.readParams(params.noParams, request.query);
		return { status: 200, body: intentObject(this.#intent(id)) };
	}

	#retrieveRefund(request: ApiRequest, id: string): Answer {
		params.readParams(params.noParams, request.query);
		const refund = this.#store.refund(id);
		if (!refund) throw missingResource('refund', id, 'refund');
		return { status: 200, body: refundObject(refund) };
	}

	#list(request: ApiRequest): Answer {
		const input = params.readParams(params.listIntentsParams, request.query);
		const after = input.starting_after;
		if (after !== undefined && !this.#store.intent(after))
			throw missingParameterResource('payment_intent', after, 'starting_after');
		const page = this.#store.searchIntents([], { limit: input.limit, startingAfter: after });
		const body = listObject(INTENTS, { ...page, items: page.items.map(intentObject) });
		return { status: 200, body };
	}

	#listRefunds(request: ApiRequest): Answer {
		const input = params.readParams(params.listRefundsParams, request.query);
		const after = input.starting_after;
		if (after !== undefined && !this.#store.refund(after))
			throw missingParameterResource('refund', after, 'starting_after');
		const page = this.#store.listRefunds(input.payment_intent, {
			limit: input.limit,
			startingAfter: after
		});
		const body = listObject(REFUNDS, { ...page, items: page.items.map(refundObject) });
		return { status: 200, body };
	}

	/** Unlike Stripe's, which lags by up to a minute, this search sees every write at once. */
	#search(request: ApiRequest): Answer {
		const input = params.readParams(params.searchIntentsParams, request.query);
		const page = this.#store.searchIntents(readQuery(input.query), {
			limit: input.limit,
			startingAfter: input.page
		});
		const body = {
			object: 'search_result',
			url: `${INTENTS}/search`,
			has_more: page.hasMore,
			next_page: page.hasMore ? (page.items.at(-1)?.id ?? null) : null,
			data: page.items.map(intentObject)
		};
		return { status: 200, body };
	}

	#apply(operation: string, intent: Intent, command: IntentCommand): Answer {
		const outcome = decideIntent(intent, command);
		if (outcome.kind !== 'refused') this.#store.updateIntent(outcome.intent);
		return answerOf(operation, intent, outcome);
	}

	/** A payment attempt: the card's own verdict, else the fault plan's coin. */
	#payment(paymentMethod: string | undefined, intent: Intent): IntentCommand {
		const card = paymentMethod ?? intent.paymentMethod;
		let decline: Decline | null = null;
		if (card !== null) {
			const coin = this.#coinDeclines() ? GENERIC_DECLINE : null;
			decline = cardVerdict(card) ?? coin;
		}
		return { type: 'confirm', paymentMethod, charge: newId('ch'), decline };
	}

	#intent(id: string): Intent {
		const intent = this.#store.intent(id);
		if (!intent) throw missingResource('payment_intent', id, 'intent');
		return intent;
	}
}

const seconds = ({ now }: ApiRequest) => Math.floor(now / 1000);

function readQuery(query: string) {
	try {
		return parseSearchQuery(query);
	} catch (error) {
		if (error instanceof SearchQueryError) {
			throw invalidRequest(400, error.message, { param: 'query' });
		}
		throw error;
	}
}
