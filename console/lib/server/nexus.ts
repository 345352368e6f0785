import * as clients from '@restatedev/restate-sdk-clients';
import type { ChangeAnswer } from '$shared/change.ts';
import type { MoneyReport } from '$shared/money-report.ts';
import type { SeatTransition, SeatView } from '$shared/seat-history.ts';
import type { SettledStatus } from '$shared/order.ts';
import { OPERATOR_HEADER, signOperatorToken } from '$shared/operator-token.ts';
import type { Operations } from '../../../worker/operations.ts';
import type { Payment } from '../../../worker/payment.ts';
import type { Ticket } from '../../../worker/ticket.ts';
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

/** The Nexus service, through Restate's ingress. */
export interface Nexus {
	seat: (key: string) => Promise<SeatView>;
	seatHistory: (key: string) => Promise<SeatTransition[]>;
	/** What the gateway says of an order's money now. */
	money: (actor: Actor, orderId: string) => Promise<MoneyReport>;
	forceRelease: (
		caller: Caller,
		request: Justification & { seat: string; expect: { epoch: number }; force: boolean }
	) => Promise<{ before: SeatView; after: SeatView }>;
	cancelCheckout: (
		caller: Caller,
		request: Justification & { invocationId: string; expect: { status: string } }
	) => Promise<{ invocationId: string }>;
	refundOrder: (
		caller: Caller,
		request: Justification & { orderId: string; expect: { status: 'CONFIRMED' } }
	) => Promise<{ returned: readonly unknown[] }>;
	resendEmail: (
		caller: Caller,
		request: Justification & { orderId: string; expect: { status: SettledStatus } }
	) => Promise<{ to: string }>;
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
		forceRelease: (caller, request) =>
			done(async () => operations.forceRelease(request, await change(caller))),
		cancelCheckout: (caller, request) =>
			done(async () => operations.cancelCheckout(request, await change(caller))),
		refundOrder: (caller, request) =>
			done(async () => operations.refundOrder(request, await change(caller))),
		resendEmail: (caller, request) =>
			done(async () => operations.resendEmail(request, await change(caller))),
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
