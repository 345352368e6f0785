import * as clients from '@restatedev/restate-sdk-clients';
import type { MoneyReport } from '$shared/money-report.ts';
import type { SeatTransition, SeatView } from '$shared/seat-history.ts';
import type {
	BulkOutcome,
	BulkView,
	ChangeAnswer,
	ChangeView,
	DecisionAnswer,
	UndoAnswer
} from '$shared/change.ts';
import { OPERATOR_HEADER, signOperatorToken } from '$shared/operator-token.ts';
import type { Operations } from '../../../worker/operations.ts';
import type { Payment } from '../../../worker/payment.ts';
import type { Ticket } from '../../../worker/ticket.ts';
import type { EvidenceSubject } from '../evidence.ts';
import type { Requested } from '../operations/requests.ts';
import type { Actor } from '../permissions.ts';
import { ingressError } from './ingress-error.ts';
import { UpstreamError } from './upstream-error.ts';

export interface NexusOptions {
	url: string;
	/** Bearer token, where the ingress needs one. */
	token?: string | undefined;
	/** PKCS8 PEM, Ed25519. */
	signingKey: string;
}

/** Who asks for a change, and what ties its traces together. */
export interface Caller {
	actor: Actor;
	requestId: string;
	/** Names the intent: the same one sent twice is carried out once. */
	intentId: string;
}

/** Why a change is made. */
export interface Justification {
	reason: string;
	ticketRef?: string | undefined;
}

/** What every change is asked for with. */
export interface Terms extends Justification {
	/** How long it waits to be taken back, where there is no way back later. */
	undoMs: number;
	/** What the operator was shown, a sentence each. */
	preview: string[];
}

/** The Nexus service, through Restate's ingress. */
export interface Nexus {
	seat: (key: string) => Promise<SeatView>;
	seatHistory: (key: string) => Promise<SeatTransition[]>;
	/** What the gateway says of an order's money now. */
	money: (actor: Actor, orderId: string) => Promise<MoneyReport>;
	/** Asks for a change; what becomes of it is told by {@link Nexus.change}. */
	ask: (caller: Caller, requested: Requested, terms: Terms) => Promise<ChangeAnswer>;
	/** How a change stands. */
	change: (actor: Actor, id: string) => Promise<ChangeView>;
	/** How a bulk change stands; undefined while it has not begun. */
	bulk: (actor: Actor, changeId: string) => Promise<BulkView | undefined>;
	/** What became of the items of a bulk change, some at a time; `next` is where it goes on. */
	bulkOutcomes: (
		actor: Actor,
		changeId: string,
		from: number
	) => Promise<{ outcomes: BulkOutcome[]; next: number | null }>;
	/** A second person's word on a change, held against what they saw of it. */
	decide: (
		caller: Caller,
		request: { changeId: string; approve: boolean; reason: string; expect: { status: string } }
	) => Promise<DecisionAnswer>;
	/** Takes a change back, before it is carried out or after. */
	undo: (caller: Caller, request: { changeId: string; reason: string }) => Promise<UndoAnswer>;
	/** Stops a bulk change before its next item. */
	stopBulk: (caller: Caller, request: { changeId: string; reason: string }) => Promise<void>;
	/** Has it recorded that somebody takes an evidence bundle away. */
	recordExport: (
		caller: Caller,
		request: { subject: EvidenceSubject; whole: string; exportedAt: string; masked: boolean }
	) => Promise<void>;
	registerDeployment: (
		caller: Caller,
		request: Justification & {
			uri: string;
			expect: { services: { name: string; revision: number }[] };
		}
	) => Promise<{ deploymentId: string }>;
	removeDeployment: (
		caller: Caller,
		request: Justification & { deploymentId: string; expect: { uri: string } }
	) => Promise<{ deploymentId: string }>;
	/** Removes a deployment once nothing runs on it; answers at once with the invocation that waits. */
	drainDeployment: (
		caller: Caller,
		request: Justification & { deploymentId: string; expect: { uri: string } }
	) => Promise<{ invocationId: string }>;
}

const READ_TIMEOUT_MS = 5000;
/** The gateway is somebody else's: a page does not wait long for it. */
const MONEY_TIMEOUT_MS = 2500;
/** A change is durable once accepted, so giving up on its answer does not undo it. */
const CHANGE_TIMEOUT_MS = 20_000;

/** @throws UpstreamError from every method when the service cannot be reached or refuses */
export function createNexus({ url, token, signingKey }: NexusOptions): Nexus {
	const ingress = clients.connect({
		url,
		...(token ? { headers: { authorization: `Bearer ${token}` } } : {})
	});
	const ticket = (key: string) => ingress.objectClient<Ticket>({ name: 'Ticket' }, key);
	const operations = ingress.serviceClient<Operations>({ name: 'Operations' });

	const read = <I, O>() => clients.rpc.opts<I, O>({ timeout: READ_TIMEOUT_MS });

	const operatorHeader = async (actor: Actor) => ({
		[OPERATOR_HEADER]: await signOperatorToken(signingKey, actor)
	});

	const changeOptions = async ({ actor, requestId, intentId }: Caller) => ({
		idempotencyKey: intentId,
		timeout: CHANGE_TIMEOUT_MS,
		headers: {
			...(await operatorHeader(actor)),
			'x-request-id': requestId
		}
	});

	const change = async <I, O>(caller: Caller) =>
		clients.rpc.opts<I, O>(await changeOptions(caller));

	/** Handlers of Operations by name: which there are is told by shared/change.ts. */
	const operation = <Answer>(caller: Caller, handler: string, parameter: unknown) =>
		ingressError(async () =>
			ingress.call<unknown, Answer>({
				...{ service: 'Operations', handler, parameter },
				opts: await change<unknown, Answer>(caller)
			})
		);

	/** A shared handler that tells operators how something stands. */
	const look = <View>(
		actor: Actor,
		service: string,
		key: string,
		handler: string,
		parameter?: unknown
	) =>
		ingressError(async () =>
			ingress.call<unknown, View>({
				...{ service, key, handler, parameter },
				opts: clients.rpc.opts({
					timeout: READ_TIMEOUT_MS,
					headers: await operatorHeader(actor)
				})
			})
		);

	return {
		seat: (key) => ingressError(() => ticket(key).get(read())),
		seatHistory: (key) => ingressError(() => ticket(key).history(read())),
		money: (actor, orderId) =>
			ingressError(async () =>
				ingress.objectClient<Payment>({ name: 'Payment' }, orderId).money(
					clients.rpc.opts({
						timeout: MONEY_TIMEOUT_MS,
						headers: await operatorHeader(actor)
					})
				)
			),
		ask: (caller, { action, request }, terms) =>
			operation<ChangeAnswer>(caller, action, { ...request, ...terms }),
		change: (actor, id) => look<ChangeView>(actor, 'Change', id, 'get'),
		bulk: async (actor, changeId) => {
			try {
				return await look<BulkView>(actor, 'Bulk', changeId, 'get');
			} catch (error) {
				if (error instanceof UpstreamError && error.status === 404) return undefined;
				throw error;
			}
		},
		bulkOutcomes: (actor, changeId, from) => look(actor, 'Bulk', changeId, 'outcomes', { from }),
		decide: (caller, request) => operation<DecisionAnswer>(caller, 'approve', request),
		undo: (caller, request) => operation<UndoAnswer>(caller, 'undo', request),
		stopBulk: async (caller, request) => {
			await operation(caller, 'stopBulk', request);
		},
		recordExport: async (caller, request) => {
			await operation(caller, 'exportEvidence', request);
		},
		registerDeployment: (caller, request) =>
			done(async () => operations.registerDeployment(request, await change(caller))),
		removeDeployment: (caller, request) =>
			done(async () =>
				operations.removeDeployment({ ...request, drain: false }, await change(caller))
			),
		drainDeployment: (caller, request) =>
			ingressError(async () =>
				ingress
					.serviceSendClient<Operations>({ name: 'Operations' })
					.removeDeployment(
						{ ...request, drain: true },
						clients.rpc.sendOpts(await changeOptions(caller))
					)
			)
	};
}

/**
 * What a change tells that is done.
 *
 * @throws UpstreamError when it waits instead, for a second person or for its operator
 */
async function done<Answer extends ChangeAnswer>(
	ask: () => PromiseLike<Answer>
): Promise<Extract<Answer, { outcome: 'done' }>> {
	const answer: ChangeAnswer = await ingressError(ask);
	if (answer.outcome === 'done') return answer as Extract<Answer, { outcome: 'done' }>;
	const why =
		answer.outcome === 'awaiting-approval'
			? `It needs a second person, as ${answer.approvalFor}`
			: 'It is carried out in a moment, unless it is undone';
	throw new UpstreamError(answer.outcome, `${why}. Nothing was done yet.`, { status: 409 });
}
