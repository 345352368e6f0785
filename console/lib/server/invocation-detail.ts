import { explain, isCancelRequested } from '../journal/explain.ts';
import type { Explanation, Lock } from '../journal/explain.ts';
import { buildTimeline } from '../journal/build-timeline.ts';
import { describe } from '../journal/describe.ts';
import type { Fact } from '../journal/describe.ts';
import type { JournalEventRow, JournalRow } from '../journal/entry.ts';
import type { TimelineItem } from '../journal/timeline.ts';
import { isCompleted } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import {
	countInbox,
	readDetail,
	readEvents,
	readJournal,
	readLockHolder
} from './invocation-sql.ts';
import { readInvocation, readTime } from './invocations.ts';
import type { InvocationRow } from './invocations.ts';
import type { Logs } from './logs.ts';
import type { Admin } from './restate-admin.ts';
import { UpstreamError } from './upstream-error.ts';

/** One invocation, all that the console knows of it; fit for a page. */
export interface InvocationDetail extends Invocation {
	runningAt: number | null;
	deployment: string | null;
	idempotencyKey: string | null;
	restartedFrom: string | null;
	invokedBy: { by: string; id: string | null; target: string | null };
	facts: Fact[];
	explanation: Explanation;
	lock: Lock | null;
	timeline: TimelineItem[];
	/** Entries between the input and the oldest one shown. */
	hiddenEntries: number;
	cancelRequested: boolean;
	/** Whether the console offers to cancel it: a checkout under way, not cancelled yet. */
	cancellable: boolean;
	readAt: number;
}

const MAX_ENTRIES = 1000;
const MAX_EVENTS = 200;

interface DetailRow extends InvocationRow {
	running_at?: string;
	pinned_deployment_id?: string;
	last_attempt_deployment_id?: string;
	invoked_by: string;
	invoked_by_id?: string;
	invoked_by_target?: string;
	idempotency_key?: string;
	restarted_from?: string;
	journal_size?: number;
}

/** Reads one invocation; undefined when Restate knows none of that ID. @throws UpstreamError */
export async function readInvocationDetail(
	{ admin, logs }: { admin: Admin; logs: Logs },
	id: string
): Promise<InvocationDetail | undefined> {
	const row = await findRow(admin, id);
	if (!row) return undefined;
	const invocation = readInvocation(row);
	const size = row.journal_size ?? 0;
	const [journal, events, lines, lock] = await Promise.all([
		admin.query<JournalRow>(readJournal(id, size, MAX_ENTRIES)),
		admin.query<JournalEventRow>(readEvents(id, MAX_EVENTS)),
		logs.byInvocation(id),
		invocation.key === null ? null : readLock(admin, invocation.service, invocation.key)
	]);
	const timeline = buildTimeline({ journal, events, logs: lines });
	const cancelRequested = isCancelRequested(timeline);
	return {
		...invocation,
		runningAt: readTime(row.running_at),
		deployment: row.pinned_deployment_id ?? row.last_attempt_deployment_id ?? null,
		idempotencyKey: row.idempotency_key ?? null,
		restartedFrom: row.restarted_from ?? null,
		invokedBy: {
			by: row.invoked_by,
			id: row.invoked_by_id ?? null,
			target: row.invoked_by_target ?? null
		},
		facts: describe(invocation, timeline),
		explanation: explain(invocation, timeline, lock),
		lock,
		timeline,
		hiddenEntries: Math.max(0, size - MAX_ENTRIES - 1),
		cancelRequested,
		cancellable:
			invocation.service === 'Checkout' && !isCompleted(invocation.status) && !cancelRequested,
		readAt: Date.now()
	};
}

/** Who holds an object key's lock, and how many wait for it. @throws UpstreamError */
export async function readLock(admin: Admin, service: string, key: string): Promise<Lock> {
	const [holders, waiting] = await Promise.all([
		admin.query<{ invocation_id?: string }>(readLockHolder(service, key)),
		admin.query<{ n: number }>(countInbox(service, key))
	]);
	return { holder: holders[0]?.invocation_id ?? null, waiting: waiting[0]?.n ?? 0 };
}

/** An ID that only looks like one makes Restate fail the query instead of finding nothing. */
async function findRow(admin: Admin, id: string): Promise<DetailRow | undefined> {
	try {
		const [row] = await admin.query<DetailRow>(readDetail(id));
		return row;
	} catch (error) {
		const malformed =
			error instanceof UpstreamError && error.message.includes('non valid invocation id');
		if (malformed) return undefined;
		throw error;
	}
}
