import type { D1Database } from '@cloudflare/workers-types';
import { orderIdOf } from '$shared/order.ts';
import type { OrderRow } from '../order.ts';
import { orderOf } from '../worklist/concerns.ts';
import type { KnownDeployment, LiveInvocation, Thresholds, WorkFacts } from '../worklist/facts.ts';
import { readHealth } from './deployments.ts';
import type { Admin } from './restate-admin.ts';
import { UpstreamError } from './upstream-error.ts';
import {
	byIds,
	leftOpen,
	mailsDue,
	readOrders,
	refunded,
	unpaid,
	unsettled
} from './worklist-orders.ts';
import {
	MAX_LIVE,
	readEnded,
	readHolds,
	readLive,
	readLocks,
	readSeats
} from './worklist-restate.ts';
import type { Coverage, Sweep } from './worklist-sweep.ts';

/** A source that could not be read, or not to its end, and what that means. */
export interface Gap {
	source: string;
	message: string;
}

/** One reading of all sources but the gateway, and what is missing from it. */
export interface Gathered {
	facts: Omit<WorkFacts, 'money' | 'settlers'>;
	gaps: Gap[];
	coverage: Coverage | null;
	/** What it cost the stores; a deployment that does not answer is waited for, and costs nothing. */
	tookMs: number;
}

/** Orders in doubt that one reading looks into. */
const MAX_DOUBTFUL = 600;
const MAX_ORDERS = 1000;

/**
 * Reads what the rules are put to. A source that cannot be read leaves a gap and hides no other:
 * only what needs it to be judged is left out.
 */
export async function gatherFacts(
	admin: Admin,
	db: D1Database,
	sweep: Sweep,
	thresholds: Thresholds
): Promise<Gathered> {
	const gaps: Gap[] = [];
	const part = partOf(gaps);
	const readAt = Date.now();
	const live = await part('Invocations', () => readLive(admin), null);
	const invocations = live ?? [];
	if (invocations.length === MAX_LIVE)
		gaps.push({
			source: 'Invocations',
			message: `More than ${MAX_LIVE} are under way: the newest were not looked at`
		});
	const old = readAt - thresholds.settling;
	const deployments = part('Deployments', () => readPinnedTo(admin, invocations), []);
	const [holds, locks, mails, open, notPaid, notSettled, returned, swept] = await Promise.all([
		part('Seats held', () => readHolds(admin, readAt), []),
		part('Locks', () => readLocks(admin), []),
		part('Mail', () => readOrders(db, mailsDue(readAt - thresholds.mail)), []),
		part('Orders left open', () => readOrders(db, leftOpen(old)), []),
		part('Orders not paid', () => readOrders(db, unpaid(old)), []),
		part('Orders not settled', () => readOrders(db, unsettled(old, readAt)), []),
		part('Refunds', () => readOrders(db, refunded()), []),
		part('Sold seats against orders', () => sweep.next(admin, db), null)
	]);
	const underWay = new Set(invocations.map(({ id }) => id));
	const gone = holds.flatMap(({ checkoutId }) =>
		checkoutId === null || underWay.has(checkoutId) ? [] : [checkoutId]
	);
	const mismatches = live === null ? [] : (swept?.found ?? []);
	const ended = await part('Checkouts that ended', () => readEnded(admin, gone), new Map());
	const rows = [...mails, ...open, ...notPaid, ...notSettled, ...returned];
	const orders = new Map(rows.map((order) => [order.id, order]));
	await addOrders(orders, db, part, [
		...mismatches.flatMap((mismatch) => mismatch.orders),
		...invocations
			.filter((each) => isTroubled(each, readAt, thresholds))
			.flatMap((each) => orderOf(each) ?? []),
		...locks.flatMap(({ service, key }) => (service === 'Payment' ? [key] : [])),
		...gone.map(orderIdOf)
	]);
	const busy = new Set(invocations.flatMap((invocation) => orderOf(invocation) ?? []));
	const ids = (list: readonly OrderRow[]) => list.map(({ id }) => id).filter((id) => !busy.has(id));
	const seated = [
		...mismatches.flatMap((mismatch) => mismatch.orders),
		...ids(notPaid),
		...ids(open),
		...ids(notSettled)
	];
	const doubtful = live === null ? [] : [...seated, ...ids(returned)].slice(0, MAX_DOUBTFUL);
	const keys = [
		...mismatches.map(({ seat }) => seat),
		...seated.flatMap((id) => orders.get(id)?.seats ?? [])
	];
	const seats = await part('Seats', () => readSeats(admin, keys), []);
	// A seat of an order in doubt may be sold to another: whose it is, is looked up as well.
	await addOrders(
		orders,
		db,
		part,
		seats.flatMap(({ orderId }) => orderId ?? [])
	);
	const tookMs = Date.now() - readAt;
	const known = { invocations, holds, ended, locks, deployments: await deployments, orders, seats };
	return {
		facts: {
			...known,
			now: Date.now(),
			readAt,
			blind: live === null,
			doubtful: new Set(doubtful),
			mailsDue: mails
		},
		gaps,
		coverage: swept?.coverage ?? null,
		tookMs
	};
}

type PartReader = <T>(source: string, read: () => Promise<T>, instead: T) => Promise<T>;

/** Reads a source; what cannot be read is told once, and something goes in its place. */
const partOf =
	(gaps: Gap[]): PartReader =>
	async (source, read, instead) => {
		try {
			return await read();
		} catch (error) {
			if (!(error instanceof UpstreamError)) throw error;
			gaps.push({ source, message: error.message });
			return instead;
		}
	};

async function addOrders(
	orders: Map<string, OrderRow>,
	db: D1Database,
	part: PartReader,
	ids: readonly string[]
): Promise<void> {
	const missing = [...new Set(ids)].filter((id) => !orders.has(id)).slice(0, MAX_ORDERS);
	if (missing.length === 0) return;
	for (const order of await part('Orders', () => readOrders(db, byIds(missing)), []))
		orders.set(order.id, order);
}

/** Whether a rule may find something about it: then its order is needed. */
const isTroubled = (
	{ status, retryCount, modifiedAt }: LiveInvocation,
	now: number,
	{ silent }: Thresholds
): boolean => status === 'paused' || retryCount > 0 || now - modifiedAt >= silent;

/** The deployments that something is pinned to, and whether each answers. */
async function readPinnedTo(
	admin: Admin,
	invocations: readonly LiveInvocation[]
): Promise<KnownDeployment[]> {
	const pinned = new Set(invocations.flatMap(({ deploymentId }) => deploymentId ?? []));
	if (pinned.size === 0) return [];
	return Promise.all(
		(await admin.deployments()).map(async ({ id, uri }) => {
			const health = pinned.has(id) ? await readHealth(admin, uri) : undefined;
			return { id, uri, error: health?.state === 'ill' ? health.error : null };
		})
	);
}
