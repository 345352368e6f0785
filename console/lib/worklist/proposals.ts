import type { InvocationAct } from '$shared/change.ts';
import type { ResolvedPathname } from '$app/types';
import { urls } from '../urls.ts';
import type { Proposal, Subject } from './item.ts';

/** What the rules propose. */

export const releaseSeat = (seat: string): Proposal => ({
	...{ kind: 'forceRelease', target: seat },
	label: 'Force-release the seat'
});

export const onInvocation = (act: InvocationAct, id: string, label: string): Proposal => ({
	...{ kind: act, target: id },
	label
});

export const resumeOnLatest = (id: string, label: string): Proposal => ({
	...onInvocation('resume', id, label),
	latest: true
});

export const cancelCheckout = (id: string): Proposal => ({
	...{ kind: 'cancelCheckout', target: id },
	label: 'Cancel the checkout'
});

export const refundOrder = (id: string): Proposal => ({
	...{ kind: 'refundOrder', target: id },
	label: 'Refund the order'
});

/** Of an order that is closed, whose money is kept all the same. */
export const returnKept = (id: string): Proposal => ({
	...refundOrder(id),
	label: 'Give the money back'
});

export const resendEmail = (id: string): Proposal => ({
	...{ kind: 'resendEmail', target: id },
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
