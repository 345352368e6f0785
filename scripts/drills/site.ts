import { z } from 'zod';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Operator } from '../../shared/operator-token.ts';
import { orderIdOf } from '../../shared/order.ts';
import type { Venue } from '../../shared/venue.ts';
import { messageOf } from '../cli.ts';
import { ServiceError, postJson } from '../ingress.ts';
import type { Stack } from '../stack/stack.ts';
import type { ServiceOptions } from '../stack/workers.ts';
import { until } from '../until.ts';
import { Records } from './records.ts';

export const EVENT = 'concert-1';
export const VISA = 'pm_card_visa';
export const DECLINED = 'pm_card_chargeDeclined';

/** What a call came to: the handler's answer, or its refusal. */
export interface Answer {
	status: number;
	message: string;
}

export interface Purchase {
	ticketIds: string[];
	userId: string;
	paymentMethod?: string;
	email?: string;
}

/** A checkout under way. */
export interface Begun {
	invocationId: string;
	orderId: string;
	/** What its buyer is told in the end. */
	answer: Promise<Answer>;
}

/** The stack that a drill is run on: the ways to act on it, and to read what it stored. */
export class Site {
	readonly stack: Stack;
	/** Variables of the service beyond the usual ones. */
	readonly vars: ServiceOptions['vars'];
	readonly records: Records;
	/** What to stop before the stack, added as it is started. */
	readonly cleanUp: (() => Promise<void>)[] = [];
	#seats: Promise<string[]> | undefined;

	constructor(stack: Stack, vars?: ServiceOptions['vars']) {
		this.stack = stack;
		this.vars = vars;
		this.records = new Records(stack.settings);
	}

	/** Keys of seats that nobody has touched. */
	async freshSeats(count: number): Promise<string[]> {
		this.#seats ??= this.#venueSeats();
		return (await this.#seats).splice(0, count);
	}

	async #venueSeats(): Promise<string[]> {
		const url = `${this.stack.settings.urls.ingress}/Event/${EVENT}/venue`;
		const { seats } = (await postJson(url, undefined)) as Venue;
		return seats.map(([id]) => `${EVENT}:${id}`);
	}

	async freshSeat(): Promise<string> {
		const [seat] = await this.freshSeats(1);
		if (seat === undefined) throw new Error(`${EVENT} has no fresh seat left`);
		return seat;
	}

	/** Calls a handler through the ingress and waits for what it comes to. */
	async call(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
		try {
			const answer = await postJson(`${this.stack.settings.urls.ingress}/${path}`, body, headers);
			return { status: 200, message: messageIn(answer) };
		} catch (error) {
			if (!(error instanceof ServiceError)) throw error;
			return { status: error.status, message: messageOf(error) };
		}
	}

	/** Buys seats; a key makes a repeated purchase the same one. */
	buy(purchase: Purchase, idempotencyKey?: string): Promise<Answer> {
		const body = { paymentMethod: VISA, ...purchase };
		return this.call('Checkout/checkout', body, keyHeader(idempotencyKey));
	}

	/** Begins a purchase without waiting for its end. */
	async begin(purchase: Purchase, idempotencyKey?: string): Promise<Begun> {
		const { ingress } = this.stack.settings.urls;
		const body = { paymentMethod: VISA, ...purchase };
		const headers = keyHeader(idempotencyKey);
		const sent = await postJson(`${ingress}/Checkout/checkout/send`, body, headers);
		const { invocationId } = z.object({ invocationId: z.string() }).parse(sent);
		const attach = `${ingress}/restate/invocation/${invocationId}/attach`;
		return { invocationId, orderId: orderIdOf(invocationId), answer: follow(attach) };
	}

	/** Begins a purchase and waits until the gateway has its payment, so a step is under way. */
	async beginToPay(purchase: Purchase): Promise<Begun> {
		const begun = await this.begin(purchase);
		await until('the gateway to have the payment', async () => {
			const intents = await this.records.intentsOf(begun.orderId);
			return intents.length > 0;
		});
		return begun;
	}

	/** Calls Operations as an operator. */
	async operate(
		handler: string,
		input: unknown,
		operator: Operator = { name: 'drill', role: 'operator' }
	): Promise<Answer> {
		const token = await signOperatorToken(this.stack.keys.operatorSigningKey, operator);
		return this.call(`Operations/${handler}`, input, { [OPERATOR_HEADER]: token });
	}

	/** Calls Operations, and has a second person approve what needs one. */
	async operateTogether(
		handler: string,
		input: { reason: string; [field: string]: unknown }
	): Promise<Answer> {
		const answer = await this.operate(handler, input);
		const [changeId] = /chg_[0-9A-Za-z]+(?=.*"approvalFor")/.exec(answer.message) ?? [];
		if (changeId === undefined) return answer;
		const expected = { status: 'awaiting-approval' };
		const word = { changeId, approve: true, reason: input.reason, expect: expected };
		return this.operate('approve', word, { name: 'second', role: 'approver' });
	}

	/** Has the gateways misbehave until told otherwise. */
	async breakGateway(faults: { payments?: object; emails?: object }): Promise<void> {
		await this.#faults('PUT', JSON.stringify(faults));
	}

	async mendGateway(): Promise<void> {
		await this.#faults('DELETE');
	}

	async #faults(method: string, body?: string): Promise<void> {
		const url = `${this.stack.settings.urls.sandbox}/__faults`;
		const response = await fetch(url, { method, ...(body === undefined ? {} : { body }) });
		if (!response.ok) throw new Error(`the sandbox refused ${body ?? method}: ${response.status}`);
	}
}

const keyHeader = (key: string | undefined): Record<string, string> =>
	key === undefined ? {} : { 'idempotency-key': key };

/** No outage that a drill stages lasts this long. */
const OUTAGE_MS = 240_000;

/** Waits for an invocation's answer. A connection that breaks under way is made again. */
function follow(attach: string): Promise<Answer> {
	const answer = until(
		'the checkout’s answer',
		async () => {
			const response = await fetch(attach);
			// A server that is starting or lost the connection to itself is no answer of the checkout's.
			if (!response.ok && response.headers.get('x-restate-error-source') === 'restate')
				return false;
			const body: unknown = await response.json();
			return { status: response.status, message: messageIn(body) };
		},
		OUTAGE_MS
	);
	// Whoever waits for it hears of its failure; until then it is no unhandled one.
	answer.catch(() => undefined);
	return answer;
}

const messageIn = (body: unknown): string =>
	typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
		? body.message
		: JSON.stringify(body ?? null);
