import { DEFAULT_BOUNDS } from '$shared/integrity.ts';
import type { SeatRecord } from '$shared/integrity.ts';
import type { MoneyReport } from '$shared/money-report.ts';
import type { CheckoutState, Hold } from '../attention.ts';
import type { InvocationStatus, InvocationTarget } from '../invocation.ts';
import type { OrderRow } from '../order.ts';
import type { Part } from '../order-case/case.ts';

/** What the rules of the worklist are put to: one reading of all sources, without I/O. */

/** An invocation that has not ended. */
export interface LiveInvocation extends InvocationTarget {
	id: string;
	status: InvocationStatus;
	createdAt: number;
	/** When its journal or its state last changed: attempts that fail do not count. */
	modifiedAt: number;
	/** When it first ran; null while it waits for that. */
	runningAt: number | null;
	retryCount: number;
	failure: string | null;
	failedStep: string | null;
	deploymentId: string | null;
	caller: { id: string; service: string; target: string } | null;
}

/** An object key that is locked while others wait for it. */
export interface Lock {
	service: string;
	key: string;
	holder: string;
	waiting: number;
}

/** Where invocations are pinned, as far as it has any. */
export interface KnownDeployment {
	id: string;
	uri: string;
	/** What it answers in place of an answer; null while it is well. */
	error: string | null;
}

export interface StoredSeat extends SeatRecord {
	changedAt: number;
}

export interface WorkFacts {
	now: number;
	/** When the invocations were read, which is before all else. */
	readAt: number;
	invocations: LiveInvocation[];
	/** Whether the invocations could not be read: then nothing is known to be at work or not. */
	blind: boolean;
	/** Held seats that are past their time or have a checkout; `seat` is the whole key. */
	holds: Hold[];
	/**
	 * The checkouts of those holds that are not under way: how each ended, null where Restate has no
	 * record of it. One that was not looked up is not here, and is not judged.
	 */
	ended: ReadonlyMap<string, CheckoutState | null>;
	locks: Lock[];
	deployments: KnownDeployment[];
	/** Every order that something above or below is about. */
	orders: ReadonlyMap<string, OrderRow>;
	/** Orders whose seats and money may not agree: their seats are in `seats`. */
	doubtful: ReadonlySet<string>;
	/** Seats whose sale does not fit their orders, and the seats of orders in doubt. */
	seats: StoredSeat[];
	/** Orders that ended some time ago, with an address, and no mail on record. */
	mailsDue: OrderRow[];
	/** What the gateway says of orders in doubt; about one that is not here it was not asked. */
	money: ReadonlyMap<string, Part<MoneyReport>>;
	/**
	 * Of orders in doubt, the newest invocation that was to settle the money and has ended: run again,
	 * it gives back whatever is left.
	 */
	settlers: ReadonlyMap<string, string>;
}

/** How long, in ms, something may stay as it is before it needs a person. */
export interface Thresholds {
	/** An invocation that is tried again and again. */
	backingOff: number;
	/** A checkout that does not fail and does not move either. */
	silent: number;
	/** A lock with others waiting for it. */
	locked: number;
	/** A mail that has not gone out. */
	mail: number;
	/** Money, seats and order that do not agree while nothing is at work on them. */
	settling: number;
	/** An order left open by a checkout that is gone: its session settles it before that. */
	leftOpen: number;
	/** A refund that the gateway has not brought to an end. */
	refund: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
	backingOff: 2 * 60_000,
	silent: 5 * 60_000,
	locked: 30_000,
	mail: 2 * 60_000,
	settling: 30_000,
	leftOpen: DEFAULT_BOUNDS.settlement,
	refund: DEFAULT_BOUNDS.refund
};

/**
 * Thresholds of which some are set otherwise.
 *
 * @throws Error that names what is no threshold, or no number of ms
 */
export function readThresholds(text: string | undefined): Thresholds {
	if (text === undefined || text === '') return DEFAULT_THRESHOLDS;
	const given: unknown = JSON.parse(text);
	if (typeof given !== 'object' || given === null)
		throw new Error('The thresholds of the worklist must be an object of ms by name');
	for (const [name, ms] of Object.entries(given)) {
		if (!(name in DEFAULT_THRESHOLDS))
			throw new Error(
				`The worklist has no threshold "${name}"; it has ${Object.keys(DEFAULT_THRESHOLDS).join(', ')}`
			);
		if (typeof ms !== 'number' || !(ms >= 0))
			throw new Error(`The worklist's threshold "${name}" must be a number of ms`);
	}
	return { ...DEFAULT_THRESHOLDS, ...given };
}
