import * as clients from '@restatedev/restate-sdk-clients';
import type { SeatTransition, SeatView } from '$shared/seat-history.ts';
import { OPERATOR_HEADER, signOperatorToken } from '$shared/operator-token.ts';
import type { Operations } from '../../../worker/operations.ts';
import type { Ticket } from '../../../worker/ticket.ts';
import type { Actor } from '../permissions.ts';
import { ingressError } from './ingress-error.ts';

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
	forceRelease: (
		caller: Caller,
		request: Justification & { seat: string; expect: { epoch: number }; force: boolean }
	) => Promise<{ before: SeatView; after: SeatView }>;
	cancelCheckout: (
		caller: Caller,
		request: Justification & { invocationId: string; expect: { status: string } }
	) => Promise<{ invocationId: string }>;
}

const READ_TIMEOUT_MS = 5000;
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

	async function change<I, O>({ actor, requestId, intentId }: Caller) {
		return clients.rpc.opts<I, O>({
			idempotencyKey: intentId,
			timeout: CHANGE_TIMEOUT_MS,
			headers: {
				[OPERATOR_HEADER]: await signOperatorToken(signingKey, actor),
				'x-request-id': requestId
			}
		});
	}

	return {
		seat: (key) => ingressError(() => ticket(key).get(read())),
		seatHistory: (key) => ingressError(() => ticket(key).history(read())),
		forceRelease: (caller, request) =>
			ingressError(async () => operations.forceRelease(request, await change(caller))),
		cancelCheckout: (caller, request) =>
			ingressError(async () => operations.cancelCheckout(request, await change(caller)))
	};
}
