import type { SeatTransition, SeatView } from '$shared/seat-history.ts';
import type { Invocation } from '../invocation.ts';
import type { Lock } from '../journal/explain.ts';
import { readLock } from './object-lock.ts';
import { invocationsOfKey } from './invocations.ts';
import type { Nexus } from './nexus.ts';
import type { Admin } from './restate-admin.ts';

/** One reading of a seat and of everything that touched it. */
export interface SeatReading {
	seat: SeatView;
	history: SeatTransition[];
	lock: Lock;
	/** The newest invocations on its key, reads left out. */
	invocations: Invocation[];
	readAt: number;
}

const INVOCATIONS = 30;
/** The shared handlers: they change nothing, and this page calls them every few seconds. */
const READS = ['get', 'history'] as const;

/** Reads a seat. @throws UpstreamError, 404 for one that is not in its event's plan */
export async function readSeat(
	{ admin, nexus }: { admin: Admin; nexus: Nexus },
	key: string
): Promise<SeatReading> {
	const [seat, history, lock, invocations] = await Promise.all([
		nexus.seat(key),
		nexus.seatHistory(key),
		readLock(admin, 'Ticket', key),
		invocationsOfKey(admin, 'Ticket', key, { limit: INVOCATIONS, without: READS })
	]);
	return { seat, history, lock, invocations, readAt: Date.now() };
}
