import type { ChainVerdict } from '$shared/audit-chain.ts';
import type { Decision } from '$shared/change.ts';

/** What an operator did or tried, as D1's audit keeps it. */
export interface AuditRecord {
	/** The Operations invocation that did it, and what of it where that wrote several. */
	id: string;
	at: number;
	actor: string;
	role: string;
	action: string;
	target: string;
	reason: string;
	/** `done`, `refused`, and what becomes of a change that waits for others. */
	outcome: string;
}

/** A record with all that it holds. */
export interface AuditEntry extends AuditRecord {
	/** Its place in the chain; null for one that was written before there was a chain. */
	seq: number | null;
	hash: string | null;
	ticketRef: string | null;
	before: unknown;
	after: unknown;
	invocationIds: string[];
	requestId: string | null;
	changeId: string | null;
	/** What the operator was shown that it would do. */
	preview: string[];
	approvals: Decision[];
}

/** How far a walk along the chain has come. */
export interface ChainWalk extends ChainVerdict {
	/** The last record that fits; the next stretch begins behind it. */
	at: { seq: number; hash: string };
	/** The newest record that its writer vouches for; null where it cannot be asked. */
	head: { seq: number; hash: string } | null;
	done: boolean;
}

/** The invocation behind a record. */
export const invocationOf = ({ id }: Pick<AuditRecord, 'id'>): string => id.split('/', 1)[0] ?? id;
