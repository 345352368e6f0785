import type { D1Database } from '@cloudflare/workers-types';
import { NO_FILTER } from '../invocation-filter.ts';
import { FAILURE_WINDOW_MS } from '../overview/overview.ts';
import type { Failure, FailureScope, Work } from '../overview/overview.ts';
import { isRefusal } from '../refusal.ts';
import { withSeats } from './concerned-seats.ts';
import { newestFailures } from './failures.ts';
import { countInvocations, listInvocations } from './invocation-pages.ts';
import { plainly } from './invocation-selection.ts';
import type { Admin } from './restate-admin.ts';
import { readFailedInvocations } from './step-failures.ts';

const LISTED = 8;

/** What Restate's invocations say: those under way, and those that fail. @throws UpstreamError */
export async function readWork(admin: Admin, db: D1Database, scope: FailureScope): Promise<Work> {
	const checkouts = plainly({ ...NO_FILTER, service: 'Checkout' });
	const stopped = plainly({ ...NO_FILTER, statuses: ['backing-off', 'paused'] });
	const [ofCheckouts, ofAll, failures, stuck] = await Promise.all([
		countInvocations(admin, checkouts),
		countInvocations(admin, plainly(NO_FILTER)),
		listFailures(admin, db, scope),
		listInvocations(admin, stopped)
	]);
	return {
		checkouts: ofCheckouts,
		backingOff: ofAll['backing-off'] ?? 0,
		paused: ofAll.paused ?? 0,
		stuck: await withSeats(admin, db, stuck.rows),
		failures
	};
}

async function listFailures(admin: Admin, db: D1Database, scope: FailureScope): Promise<Failure[]> {
	if (scope !== 'faults' && scope !== 'all') {
		const to = Date.now();
		const range = { from: to - FAILURE_WINDOW_MS, to };
		const found = await readFailedInvocations(db, range, scope, LISTED);
		return found.map(({ service, key, lastAt, ...row }) => ({
			...row,
			service,
			at: lastAt,
			code: null,
			seats: service === 'Ticket' && key !== null ? [key] : []
		}));
	}
	const found = await withSeats(admin, db, await newestFailures(admin, scope, LISTED));
	return found.map(({ id, service, handler, seats, failure, completedAt, modifiedAt }) => ({
		...{ id, service, handler, seats },
		at: completedAt ?? modifiedAt,
		order: null,
		code: failure?.code ?? null,
		refused: isRefusal(failure?.code ?? null),
		attempts: 1,
		message: failure?.message ?? ''
	}));
}
