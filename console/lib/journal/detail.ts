import type { Invocation } from '../invocation.ts';
import type { OrderRow } from '../order.ts';
import type { Fact } from './describe.ts';
import type { Lock } from './explain.ts';
import type { TimelineItem } from './timeline.ts';
import type { WireEntry } from './wire-entry.ts';

/** What an invocation is and where it stands: all of it but its timeline. */
export interface InvocationHeader extends Invocation {
	runningAt: number | null;
	/** The one it runs on, and the one that its service's new invocations go to. */
	deployment: { id: string; latest: string | null } | null;
	idempotencyKey: string | null;
	restartedFrom: string | null;
	invokedBy: { by: string; id: string | null; target: string | null };
	lock: Lock | null;
	/** How long Restate keeps it once it has ended, ms; null when it is not kept. */
	retentionMs: number | null;
	journalRetentionMs: number | null;
	journalSize: number;
	/** Its order, where it makes or serves one that has been recorded. */
	order: OrderRow | null;
	readAt: number;
}

/** What has come since the last reading. */
export interface InvocationNews {
	header: InvocationHeader;
	/** From the asked index on, not necessarily all of them. */
	entries: WireEntry[];
	events: TimelineItem[];
	logs: TimelineItem[];
	actions: TimelineItem[];
	/** What could not be read, in a sentence; the rest is true all the same. */
	missing: string | null;
	/** Where the next reading goes on. */
	cursor: NewsCursor;
}

/** How far a reader has come in each kind of row. */
export interface NewsCursor {
	/** The next journal entry. */
	entry: number;
	/** The time of the newest event, ms. */
	event: number;
	/** The newest log row. */
	log: number;
}

export const START: NewsCursor = { entry: 0, event: 0, log: 0 };

/** A first reading: what it is about is in its input, which never changes. */
export interface InvocationDetail extends InvocationNews {
	facts: Fact[];
}
