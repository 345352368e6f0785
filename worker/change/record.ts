import { z } from 'zod';
import { invocationOfChange } from '../../shared/change.ts';
import type { ChangeView } from '../../shared/change.ts';
import type { Operator } from '../../shared/operator-token.ts';
import type { AuditFacts } from '../audit-write.ts';

/** What of a record is not the change's own. */
type Particulars = Pick<AuditFacts, 'outcome'> &
	Partial<Pick<AuditFacts, 'before' | 'after' | 'invocationIds'>>;

/** The record of a change itself: one, of how it ended. */
export const recordOfEnd = (view: ChangeView, particulars: Particulars): AuditFacts => ({
	...common(view),
	id: invocationOfChange(view.id),
	actor: view.proposer,
	action: view.action,
	reason: view.reason,
	requestId: view.requestId,
	preview: view.preview,
	approvals: view.decisions,
	...particulars,
	after: withAct(view, particulars.after ?? null)
});

const Acts = z.object({ act: z.string() });
const Fields = z.record(z.string(), z.unknown());

/** All acts on an invocation are one action, so each record says which one it is of. */
function withAct({ action, request }: ChangeView, after: unknown): unknown {
	if (action !== 'invocation') return after;
	return { ...Acts.parse(request), ...Fields.parse(after ?? {}) };
}

/** The record that a change awaits a second person. */
export const recordOfProposal = (view: ChangeView): AuditFacts => ({
	...recordOfEnd(view, {
		outcome: 'proposed',
		before: view.evidence,
		after: { approvalFor: view.approvalFor }
	}),
	id: `${invocationOfChange(view.id)}/proposed`
});

/** Who comes to a change that is there already, through which call. */
export interface Comer {
	by: Operator;
	reason: string;
	/** The call of Operations. */
	invocationId: string;
	requestId: string | null;
}

/** The record of what somebody did about a change: approved, rejected or undid it. */
export const recordOfComer = (
	view: ChangeView,
	{ by, reason, invocationId, requestId }: Comer,
	action: string,
	particulars: Particulars
): AuditFacts => ({
	...common(view),
	id: invocationId,
	actor: by,
	action,
	reason,
	requestId,
	...particulars
});

const common = ({ id, target, ticketRef }: ChangeView) => ({
	changeId: id,
	target,
	ticketRef,
	before: null,
	after: null,
	invocationIds: []
});
