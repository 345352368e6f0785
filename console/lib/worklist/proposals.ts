import type { InvocationAct } from '$shared/change.ts';
import type { ResolvedPathname } from '$app/types';
import { printAsk } from '../operations/ask.ts';
import { KINDS } from '../operations/kinds.ts';
import { urls } from '../urls.ts';
import type { Proposal, Subject } from './item.ts';

/** What the rules propose, and where each is asked for. */

export const releaseSeat = (seat: string): Proposal => ({
	action: 'forceRelease',
	target: { type: 'seat', id: seat },
	label: 'Force-release the seat'
});

export const onInvocation = (act: InvocationAct, id: string, label: string): Proposal => ({
	action: 'invocation',
	act,
	target: { type: 'invocation', id },
	label
});

export const resumeOnLatest = (id: string, label: string): Proposal => ({
	...onInvocation('resume', id, label),
	latest: true
});

export const cancelCheckout = (id: string): Proposal => ({
	action: 'cancelCheckout',
	target: { type: 'invocation', id },
	label: 'Cancel the checkout'
});

export const refundOrder = (id: string): Proposal => ({
	action: 'refundOrder',
	target: { type: 'order', id },
	label: 'Refund the order'
});

export const resendEmail = (id: string): Proposal => ({
	action: 'resendEmail',
	target: { type: 'order', id },
	label: 'Resend the mail'
});

/** The page of what something is about. */
export function subjectHref({ type, id }: Subject): ResolvedPathname {
	switch (type) {
		case 'seat':
			return urls.seat(id);
		case 'order':
			return urls.order(id);
		case 'invocation':
			return urls.invocation(id);
		case 'deployment':
			return urls.deployments();
	}
}

/** Where a proposal is asked for: with its preview; what is not asked for so, at its subject. */
export function proposalHref({ action, act, latest = false, target }: Proposal): ResolvedPathname {
	const kind = KINDS.find((known) => known === (act ?? action));
	return kind ? urls.askFor(printAsk({ kind, target: target.id, latest })) : subjectHref(target);
}
