import type { Answer, ApiRequest } from './answer.ts';
import { RequestRejected } from './answer.ts';
import type { CallRecord, CallStore } from './call-store.ts';
import type { EmailStore } from './email-store.ts';
import type { FaultStore } from './fault-store.ts';
import { faultPlanSchema } from './faults.ts';
import type { FaultPlan } from './faults.ts';
import type { PaymentStore } from './payment-store.ts';
import { intentObject, refundObject } from './stripe-objects.ts';

interface Stores {
	payments: PaymentStore;
	emails: EmailStore;
	calls: CallStore;
	faults: FaultStore;
	/** Empties the ledger; faults stay. */
	clear: () => void;
}

/** The sandbox's own routes: the fault plan and the ledger. */
export class ControlApi {
	readonly #stores: Stores;
	readonly #routes: Record<string, Record<string, (request: ApiRequest) => unknown>> = {
		'/__faults': {
			GET: () => this.#stores.faults.plan(),
			PUT: (request) => this.#arm(request),
			DELETE: () => this.#disarm()
		},
		'/__ledger': { GET: () => this.#ledger(), DELETE: () => this.#clear() }
	};

	constructor(stores: Stores) {
		this.#stores = stores;
	}

	/** @throws RequestRejected when there is no such route or its body is invalid */
	handle(request: ApiRequest): Answer {
		const route = this.#routes[request.path];
		if (!route) {
			throw reject(404, `No route ${request.path}: see GET / for what is here.`);
		}
		const handler = route[request.method];
		if (!handler) {
			const allowed = Object.keys(route).join(', ');
			throw reject(405, `${request.path} answers ${allowed}, not ${request.method}.`);
		}
		return { status: 200, body: handler(request) };
	}

	#arm({ body }: ApiRequest) {
		const result = faultPlanSchema.safeParse(readJson(body));
		if (!result.success) {
			const issues = result.error.issues.flatMap((issue) =>
				issue.code === 'unrecognized_keys'
					? issue.keys.map((key) => ({
							field: [...issue.path, key].join('.'),
							problem: 'unknown field'
						}))
					: [{ field: issue.path.join('.') || '(body)', problem: issue.message }]
			);
			const summary = issues.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
			throw reject(400, `Invalid fault plan, nothing was changed. ${summary}`, issues);
		}
		return this.#begin(result.data);
	}

	#disarm() {
		return this.#begin({ payments: {}, emails: {} });
	}

	#begin(plan: FaultPlan) {
		this.#stores.payments.settleRefunds();
		this.#stores.faults.arm(plan);
		return this.#stores.faults.plan();
	}

	#ledger() {
		const callsOf = Map.groupBy(this.#stores.calls.all(), ({ object }) => object);
		const withCalls = <T extends { id: string }>(object: T) => ({
			...object,
			...summary(callsOf.get(object.id) ?? [])
		});
		return {
			intents: this.#stores.payments
				.allIntents()
				.map((intent) =>
					withCalls({ ...intentObject(intent), amount_refunded: intent.amountRefunded })
				),
			refunds: this.#stores.payments.allRefunds().map((refund) => withCalls(refundObject(refund))),
			emails: this.#stores.emails.all().map(withCalls)
		};
	}

	#clear() {
		this.#stores.clear();
		return this.#ledger();
	}
}

/** `requests` counts how often the object itself was asked for; `calls` tells of each operation. */
const summary = (calls: CallRecord[]) => ({
	idempotency_key: calls[0]?.idempotency_key ?? null,
	requests: calls[0]?.requests ?? 0,
	calls: calls.map(({ operation, idempotency_key, status, requests, at }) => ({
		operation,
		idempotency_key,
		status,
		requests,
		at
	}))
});

function readJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw reject(400, `The body is not valid JSON: ${reason}`);
	}
}

const reject = (status: number, message: string, issues?: unknown[]) =>
	new RequestRejected(status, { error: { message, ...(issues ? { issues } : {}) } });
