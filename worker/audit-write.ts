import { CancelledError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Decision } from '../shared/change.ts';
import type { Operator } from '../shared/operator-token.ts';
import type { Audit } from './audit.ts';
import type { AuditEntry } from './audit-store.ts';

/** There is one audit, so that there is one chain. */
export const AUDIT_KEY = 'nexus';

/** What an operator did or tried, for the audit. */
export interface AuditFacts {
	/** Names the record: the same one written twice is one. */
	id: string;
	actor: Operator;
	action: string;
	target: string;
	reason: string;
	ticketRef?: string | null | undefined;
	outcome: string;
	before: unknown;
	after: unknown;
	invocationIds: readonly string[];
	requestId: string | null;
	changeId?: string | undefined;
	/** What the operator was shown, where something was. */
	preview?: readonly string[] | undefined;
	approvals?: readonly Decision[] | undefined;
}

/**
 * Appends to the audit, and returns when it is written. A cancel does not keep a record from being
 * written: it surfaces here, and the record is appended again.
 */
export async function writeAudit(ctx: Context, facts: readonly AuditFacts[]): Promise<void> {
	try {
		await ctx
			.objectClient<Audit>({ name: 'Audit' }, AUDIT_KEY)
			.append(facts.map((each) => entryOf(each)));
	} catch (error) {
		if (error instanceof CancelledError) return writeAudit(ctx, facts);
		throw error;
	}
}

const entryOf = (facts: AuditFacts): AuditEntry => ({
	id: facts.id,
	actor: facts.actor.name,
	role: facts.actor.role,
	action: facts.action,
	target: facts.target,
	reason: facts.reason,
	ticket_ref: facts.ticketRef ?? null,
	before: JSON.stringify(facts.before ?? null),
	after: JSON.stringify(facts.after ?? null),
	outcome: facts.outcome,
	invocation_ids: JSON.stringify(facts.invocationIds),
	request_id: facts.requestId,
	change_id: facts.changeId ?? null,
	preview: listed(facts.preview),
	approvals: listed(facts.approvals)
});

const listed = (values: readonly unknown[] | undefined): string | null =>
	values && values.length > 0 ? JSON.stringify(values) : null;
