import { duration } from '../../format.ts';
import { RECORD_KEEPERS } from '../../operations/offered.ts';
import { MAIL_NAMES } from '../../order-case/case.ts';
import { concernedBy, orderOf, subjectOf } from '../concerns.ts';
import type { Concerned } from '../concerns.ts';
import { unreachableIds } from './deployments.ts';
import type { LiveInvocation, Thresholds, WorkFacts } from '../facts.ts';
import type { Evidence, Finding, Proposal } from '../item.ts';
import type { WorkKind } from '../kinds.ts';
import { cancelCheckout, onInvocation } from '../proposals.ts';

/**
 * Invocations that do not progress: paused, tried again for too long, or silent. What gives money
 * back or sends a mail is a kind of its own. Those that are pinned to a deployment that does not
 * answer are told by that (deployments.ts).
 */
export function progressFindings(facts: WorkFacts, thresholds: Thresholds): Finding[] {
	const lost = unreachableIds(facts);
	return facts.invocations.flatMap((invocation) => {
		if (invocation.deploymentId !== null && lost.has(invocation.deploymentId)) return [];
		const kind = kindOf(invocation);
		const trouble = troubleOf(invocation, limitOf(kind, thresholds), thresholds, facts.now);
		return trouble ? [finding(facts, invocation, kind, trouble)] : [];
	});
}

/** Steps whose failure keeps money that is to go back. */
const RETURNS: ReadonlySet<string> = new Set(['Void or refund payment', 'Refund payment']);

function kindOf({ service, handler, failedStep }: LiveInvocation): WorkKind {
	if (service === 'Notification' && handler in MAIL_NAMES) return 'mail';
	const returns = failedStep !== null && RETURNS.has(failedStep);
	return returns || (service === 'Payment' && handler === 'settle') ? 'refund' : 'stalled';
}

const limitOf = (kind: WorkKind, { mail, backingOff }: Thresholds): number =>
	kind === 'mail' ? mail : backingOff;

type Trouble = 'paused' | 'backing-off' | 'silent';

function troubleOf(
	{ service, status, modifiedAt, retryCount }: LiveInvocation,
	limit: number,
	{ silent }: Thresholds,
	now: number
): Trouble | undefined {
	if (status === 'paused') return 'paused';
	const still = now - modifiedAt;
	// Between two attempts it reads as running for a moment.
	if (retryCount > 0 && (status === 'backing-off' || status === 'running'))
		return still >= limit ? 'backing-off' : undefined;
	// Nothing else has a life that is bounded by a hold's.
	if (service !== 'Checkout' || status === 'scheduled') return undefined;
	return still >= silent ? 'silent' : undefined;
}

function finding(
	facts: WorkFacts,
	invocation: LiveInvocation,
	kind: WorkKind,
	trouble: Trouble
): Finding {
	const { id, failure, failedStep, modifiedAt } = invocation;
	const order = orderOf(invocation);
	const held = facts.holds.filter(({ checkoutId }) => checkoutId === id).length;
	const holds = held === 0 ? '' : ` ${held === 1 ? 'A seat waits' : `${held} seats wait`} with it.`;
	return {
		kind,
		about: order === undefined ? { type: 'invocation', id } : subjectOf(facts, order),
		why: `${sentence(invocation, kind, trouble, facts.now)}${holds}`,
		evidence: evidenceOf(invocation),
		since: modifiedAt,
		...(order === undefined ? nobody(invocation) : concernedBy(facts, order)),
		proposals: proposalsFor(invocation, trouble),
		fingerprint: [id, trouble, failedStep, failure].join('/'),
		caveat: null
	};
}

/** What an invocation concerns that works for no order. */
const nobody = ({ id, service, key }: LiveInvocation): Concerned => ({
	seats: service === 'Ticket' && key !== null ? [key] : [],
	orders: [],
	invocations: [id],
	buyer: service === 'UserSession' && key !== null ? [key] : [],
	affected: 0,
	money: null
});

const SUBJECTS: Partial<Record<WorkKind, string>> = {
	mail: 'The buyer’s mail',
	refund: 'The return of the money'
};

function sentence(
	{ service, handler, retryCount, failedStep, failure, modifiedAt, status }: LiveInvocation,
	kind: WorkKind,
	trouble: Trouble,
	now: number
): string {
	const what =
		SUBJECTS[kind] ?? (service === 'Checkout' ? 'The checkout' : `${service}.${handler}`);
	const at = failedStep === null ? '' : ` at “${failedStep}”`;
	const said = failure === null || failure === '' ? '' : ` (${failure.replace(/\.$/, '')})`;
	const long = duration(Math.floor((now - modifiedAt) / 1000) * 1000);
	switch (trouble) {
		case 'paused':
			return `${what} is paused${at}${said} and does not go on by itself.`;
		case 'backing-off':
			return `${what} has failed ${times(retryCount)}${at} for ${long} now${said}; it is tried again.`;
		case 'silent':
			return `${what} is ${status} and has not moved for ${long}, though no attempt of it failed.`;
	}
}

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);

const evidenceOf = ({
	id,
	service,
	handler,
	status,
	createdAt,
	modifiedAt,
	failure
}: LiveInvocation): Evidence[] => [
	{ label: `${service}.${handler}`, text: status, link: { type: 'invocation', id } },
	{ label: 'Began', text: '', at: createdAt },
	{ label: 'Moved last', text: '', at: modifiedAt },
	...(failure === null ? [] : [{ label: 'Last failure', text: failure }])
];

function proposalsFor({ id, service }: LiveInvocation, trouble: Trouble): Proposal[] {
	const checkout = service === 'Checkout';
	const whole = checkout ? 'the checkout' : 'it';
	const cancel = checkout
		? cancelCheckout(id)
		: onInvocation('cancel', id, 'Cancel the invocation');
	const end = RECORD_KEEPERS.includes(service) ? [] : [cancel];
	if (trouble === 'paused') return [onInvocation('resume', id, `Resume ${whole}`), ...end];
	if (trouble === 'backing-off') return [onInvocation('retry', id, `Retry ${whole} now`), ...end];
	return end;
}
