import type { Invocation } from '../invocation.ts';
import type { InvocationHeader } from '../journal/detail.ts';
import { orderIdOf } from '$shared/order.ts';
import { readDetail, readLatestDeployment } from './detail-sql.ts';
import { readInvocation, readTime } from './invocations.ts';
import type { InvocationRow } from './invocations.ts';
import { readLock } from './object-lock.ts';
import { queryById } from './query-by-id.ts';
import type { Admin } from './restate-admin.ts';

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
	completion_retention?: string;
	journal_retention?: string;
}

/** Where an invocation stands, its order left out; undefined when Restate knows none of that ID. */
export async function readHeader(
	admin: Admin,
	id: string
): Promise<Omit<InvocationHeader, 'order' | 'readAt'> | undefined> {
	const [row] = await queryById<DetailRow>(admin, readDetail(id));
	if (!row) return undefined;
	const invocation = readInvocation(row);
	const { service, key } = invocation;
	const deployment = row.pinned_deployment_id ?? row.last_attempt_deployment_id;
	const [latest, lock] = await Promise.all([
		deployment === undefined ? undefined : latestDeployment(admin, service),
		key === null ? null : readLock(admin, service, key)
	]);
	return {
		...invocation,
		runningAt: readTime(row.running_at),
		deployment: deployment === undefined ? null : { id: deployment, latest: latest ?? null },
		idempotencyKey: row.idempotency_key ?? null,
		restartedFrom: row.restarted_from ?? null,
		invokedBy: {
			by: row.invoked_by,
			id: row.invoked_by_id ?? null,
			target: row.invoked_by_target ?? null
		},
		lock,
		retentionMs: readDuration(row.completion_retention),
		journalRetentionMs: readDuration(row.journal_retention),
		journalSize: row.journal_size ?? 0
	};
}

/** The order that an invocation makes or serves: its own, its key, or one that its input names. */
export function orderOf(
	{ id, service, key }: Pick<Invocation, 'id' | 'service' | 'key'>,
	named: string | undefined
): string | undefined {
	if (service === 'Checkout') return orderIdOf(id);
	if (service === 'Payment' && key !== null) return key;
	return named;
}

async function latestDeployment(admin: Admin, service: string): Promise<string | undefined> {
	const [row] = await admin.query<{ deployment_id: string }>(readLatestDeployment(service));
	return row?.deployment_id;
}

/** Reads `PT86400S` or `PT0.5S`, the one form of a duration that Restate writes. */
export function readDuration(text: string | undefined): number | null {
	const seconds = /^PT([\d.]+)S$/.exec(text ?? '')?.[1];
	return seconds === undefined ? null : Number(seconds) * 1000;
}
