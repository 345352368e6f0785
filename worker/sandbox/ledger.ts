import type { DurableObjectState } from '@cloudflare/workers-types';
import type { Answer, ApiRequest } from './answer.ts';
import { RequestRejected } from './answer.ts';
import { CallStore } from './call-store.ts';
import { ControlApi } from './control-api.ts';
import { EmailStore } from './email-store.ts';
import { EmailsApi } from './emails-api.ts';
import { FaultStore } from './fault-store.ts';
import { onAnswer, onArrival, onPaymentAttempt } from './faults.ts';
import type { GatewayName } from './faults.ts';
import { DIALECTS } from './gateway.ts';
import { decideIdempotency } from './idempotency.ts';
import { PaymentStore } from './payment-store.ts';
import { PaymentsApi } from './payments-api.ts';
import { clearLedger, LEDGER_SCHEMA } from './schema.ts';
import { newId } from './stripe-objects.ts';
import { HOLD_HEADER, DROP_HEADER } from './transport.ts';

/** What becomes of an answer on its way out. */
interface Departure {
	answer: Answer;
	holdMs: number;
	drop: boolean;
}

/**
 * The one Durable Object behind both gateways. A request is served in one synchronous transaction
 * once its body is read, so requests never interleave and an answer leaves only once its effect
 * is on disk.
 */
export class Ledger {
	readonly #state: DurableObjectState;
	readonly #calls: CallStore;
	readonly #faults: FaultStore;
	readonly #gateways: Record<GatewayName, { handle: (request: ApiRequest) => Answer }>;
	readonly #control: ControlApi;

	constructor(state: DurableObjectState) {
		const { sql } = state.storage;
		sql.exec(LEDGER_SCHEMA);
		this.#state = state;
		this.#calls = new CallStore(sql);
		this.#faults = new FaultStore(sql);
		const payments = new PaymentStore(sql);
		const emails = new EmailStore(sql);
		const coinDeclines = () => this.#faults.advance('payments', onPaymentAttempt).declines;
		this.#gateways = {
			payments: new PaymentsApi(payments, {
				coinDeclines,
				refundSnag: () => this.#faults.get('payments').plan.refundStatus
			}),
			emails: new EmailsApi(emails)
		};
		this.#control = new ControlApi({
			payments,
			emails,
			calls: this.#calls,
			faults: this.#faults,
			clear: () => clearLedger(sql)
		});
	}

	async fetch(request: Request): Promise<Response> {
		const { pathname, search } = new URL(request.url);
		const body = await request.text();
		const apiRequest: ApiRequest = {
			method: request.method,
			path: pathname,
			query: search.slice(1),
			body,
			apiKey: /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null,
			idempotencyKey: request.headers.get('idempotency-key'),
			now: Date.now()
		};
		return toResponse(this.#state.storage.transactionSync(() => this.#serve(apiRequest)));
	}

	#serve(request: ApiRequest): Departure {
		const gateway = gatewayOf(request.path);
		if (!gateway) {
			const answer = attempt(() => this.#control.handle(request));
			return { answer, holdMs: 0, drop: false };
		}
		const { status } = this.#faults.advance(gateway, onArrival);
		const answer =
			status === null
				? attempt(() => this.#answer(gateway, request))
				: DIALECTS[gateway].fault(status);
		const committed = answer.execution?.committed ?? false;
		const { holdMs, drop } = this.#faults.advance(gateway, (faults) => onAnswer(faults, committed));
		this.#record(gateway, request, answer, holdMs);
		return { answer, holdMs, drop };
	}

	/** Answers from what is saved under the idempotency key, or by executing the request. */
	#answer(gateway: GatewayName, request: ApiRequest): Answer {
		const dialect = DIALECTS[gateway];
		if (request.apiKey === null) throw dialect.unauthorized();
		const { idempotencyKey: key } = request;
		if (request.method !== 'POST' || key === null) return this.#gateways[gateway].handle(request);
		if (key.length < 1 || key.length > dialect.maxKeyLength) throw dialect.invalidKey(key);

		const saved = this.#calls.find(gateway, key);
		const parameters = dialect.parameters(request);
		const endpoint = request.path;
		const decision = decideIdempotency(saved, { endpoint, parameters, at: request.now });
		if (decision === 'execute' || !saved) return this.#gateways[gateway].handle(request);
		if (decision === 'in_use' || decision === 'replay') this.#calls.countRepeat(saved.seq);
		if (decision !== 'replay') throw dialect.conflict(decision, key, saved, endpoint);
		return { status: saved.status, body: JSON.parse(saved.answer) as unknown, replayed: true };
	}

	#record(gateway: GatewayName, request: ApiRequest, answer: Answer, holdMs: number): void {
		if (!answer.execution) return;
		this.#calls.insert({
			gateway,
			endpoint: request.path,
			parameters: DIALECTS[gateway].parameters(request),
			key: request.idempotencyKey,
			at: request.now,
			readyAt: request.now + holdMs,
			execution: answer.execution,
			status: answer.status,
			answer: answer.body
		});
	}
}

const gatewayOf = (path: string): GatewayName | null => {
	if (path.startsWith('/v1/')) return 'payments';
	return path === '/emails' || path.startsWith('/emails/') ? 'emails' : null;
};

function attempt(work: () => Answer): Answer {
	try {
		return work();
	} catch (error) {
		if (error instanceof RequestRejected) return error.answer;
		throw error;
	}
}

const toResponse = ({ answer, holdMs, drop }: Departure): Response =>
	Response.json(answer.body, {
		status: answer.status,
		headers: {
			'request-id': newId('req'),
			...(answer.replayed ? { 'idempotent-replayed': 'true' } : {}),
			...(holdMs > 0 ? { [HOLD_HEADER]: String(holdMs) } : {}),
			...(drop ? { [DROP_HEADER]: 'true' } : {})
		}
	});
