import type { ResolvedPathname } from '$app/types';
import { isOrderId } from '$shared/order.ts';
import { parseSeatKey } from '$shared/seat-key.ts';
import { isChangeId } from '$shared/change.ts';
import { isInvocationId } from '../invocation.ts';
import { urls } from '../urls.ts';
import type { TargetKind } from './kinds.ts';

/** The page of what a change is about. */
export function targetUrl(kind: TargetKind, target: string): ResolvedPathname {
	switch (kind) {
		case 'seat':
			return urls.seat(target);
		case 'order':
			return urls.order(target);
		case 'invocation':
			return urls.invocation(target);
		case 'event':
			return urls.event(target);
	}
}

/** The same, where only its name tells what it is. */
export function urlOfTarget(target: string): ResolvedPathname {
	if (isOrderId(target)) return urls.order(target);
	if (isInvocationId(target)) return urls.invocation(target);
	if (isChangeId(target)) return urls.change(target);
	if (target.startsWith('dp_')) return urls.deployments();
	return parseSeatKey(target) ? urls.seat(target) : urls.event(target);
}
