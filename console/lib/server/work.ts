import type { D1Database } from '@cloudflare/workers-types';
import { NO_FILTER } from '../invocation-filter.ts';
import type { FailureScope, Work } from '../overview/overview.ts';
import { withSeats } from './concerned-seats.ts';
import { newestFailures } from './failures.ts';
import { countInvocations, listInvocations } from './invocations.ts';
import type { Admin } from './restate-admin.ts';

const LISTED = 8;

/** What Restate's invocations say: those under way, and those that fail. @throws UpstreamError */
export async function readWork(admin: Admin, db: D1Database, scope: FailureScope): Promise<Work> {
	const checkouts = { ...NO_FILTER, service: 'Checkout' };
	const [ofCheckouts, ofAll, failures, stuck] = await Promise.all([
		countInvocations(admin, checkouts),
		countInvocations(admin, NO_FILTER),
		newestFailures(admin, scope, LISTED),
		listInvocations(admin, { ...NO_FILTER, statuses: ['backing-off', 'paused'] }, null)
	]);
	const [failed, stopped] = await Promise.all([
		withSeats(admin, db, failures),
		withSeats(admin, db, stuck.rows)
	]);
	return {
		checkouts: ofCheckouts,
		backingOff: ofAll['backing-off'] ?? 0,
		paused: ofAll.paused ?? 0,
		stuck: stopped,
		failures: failed
	};
}
