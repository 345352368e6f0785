import type { BulkView, ChangeView } from '$shared/change.ts';
import type { Invocation } from '../invocation.ts';
import type { AuditDetail } from '../journal/audit-items.ts';
import type { Part } from '../order-case/case.ts';
import type { ChangeProgress } from './change-words.ts';

/** What a list shows of a change. */
export type ListedChange = Omit<ChangeView, 'evidence' | 'preview'>;

export interface ChangeList {
	waiting: ListedChange[];
	going: ListedChange[];
	/** The newest. */
	ended: ListedChange[];
	/** Whether there are more than were read. */
	more: boolean;
	readAt: number;
}

/** One reading of a change and of what came of it. */
export interface ChangeReading {
	change: ChangeView;
	progress: ChangeProgress;
	/** The invocations that follow from it, as Restate knows them. */
	follows: Part<Invocation[]>;
	/** Of a bulk change that has begun. */
	bulk: BulkView | null;
	records: Part<AuditDetail[]>;
	readAt: number;
}
