import type { ResolvedPathname } from '$app/types';
import { kindOfTarget } from './audit-filter.ts';
import { urls } from './urls.ts';

const KEY_PART = /^[\w.-]+$/;

/** The page of what a record is about; undefined for what has none of its own. */
export function urlOfTarget(target: string): ResolvedPathname | undefined {
	switch (kindOfTarget(target)) {
		case 'order':
			return urls.order(target);
		case 'invocation':
			return urls.invocation(target);
		case 'seat':
			return urls.seat(target);
		case 'deployment':
			return urls.deployments();
		case 'change':
			return urls.audit({ target });
		case 'other':
			return KEY_PART.test(target) ? urls.event(target) : undefined;
	}
}
