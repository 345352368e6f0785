import type { Lock } from '../journal/explain.ts';
import { countInbox, readLockHolder, readQueue } from './detail-sql.ts';
import type { Admin } from './restate-admin.ts';

/** Enough to see who is next; the rest is a number. */
const QUEUE_SHOWN = 10;

/** Who holds an object key's lock, and who waits for it. @throws UpstreamError */
export async function readLock(admin: Admin, service: string, key: string): Promise<Lock> {
	const [holders, queue, waiting] = await Promise.all([
		admin.query<{ invocation_id?: string }>(readLockHolder(service, key)),
		admin.query<{ id: string }>(readQueue(service, key, QUEUE_SHOWN)),
		admin.query<{ n: number }>(countInbox(service, key))
	]);
	return {
		holder: holders[0]?.invocation_id ?? null,
		waiting: waiting[0]?.n ?? 0,
		queue: queue.map(({ id }) => id)
	};
}
