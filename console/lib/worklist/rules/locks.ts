import { isOrderId } from '$shared/order.ts';
import { duration } from '../../format.ts';
import { concernedBy, some, subjectOf } from '../concerns.ts';
import type { LiveInvocation, Lock, Thresholds, WorkFacts } from '../facts.ts';
import type { Finding, Proposal, Subject } from '../item.ts';
import { onInvocation } from '../proposals.ts';

/** Object keys that one invocation keeps locked for too long while others wait for it. */
export function lockFindings(facts: WorkFacts, { locked }: Thresholds): Finding[] {
	return facts.locks.flatMap((lock) => {
		const holder = facts.invocations.find(({ id }) => id === lock.holder);
		// Whoever has it is read before who waits: one that is not here has ended since.
		if (!holder || lock.waiting === 0) return [];
		const since = holder.runningAt ?? holder.createdAt;
		return facts.now - since < locked ? [] : [finding(facts, lock, holder, since)];
	});
}

function finding(facts: WorkFacts, lock: Lock, holder: LiveInvocation, since: number): Finding {
	const { service, key, waiting } = lock;
	const long = duration(Math.floor((facts.now - since) / 1000) * 1000);
	const said = holder.failure === null ? '' : ` Its last attempt failed: ${holder.failure}`;
	const order = service === 'Payment' && isOrderId(key) ? key : undefined;
	const concerned = order === undefined ? undefined : concernedBy(facts, order);
	return {
		kind: 'locked',
		about: order === undefined ? aboutKey(lock) : subjectOf(facts, order),
		why:
			`${service}.${holder.handler} has kept ${nameOf(lock)} to itself for ${long}, and ` +
			`${some(waiting, 'call waits', 'calls wait')} for it.${said}`,
		evidence: [
			{
				label: 'Lock holder',
				text: `${service}.${holder.handler}, ${holder.status}`,
				at: since,
				link: { type: 'invocation', id: holder.id }
			},
			{ label: 'Waiting', text: some(waiting, 'call') }
		],
		since,
		seats: service === 'Ticket' ? [key] : (concerned?.seats ?? []),
		orders: concerned?.orders ?? [],
		invocations: [holder.id],
		buyer: service === 'UserSession' ? [key] : (concerned?.buyer ?? []),
		affected: waiting,
		money: concerned?.money ?? null,
		proposals: proposalsFor(holder),
		fingerprint: `${service}/${key}/${holder.id}/${holder.failedStep ?? ''}`,
		caveat: null
	};
}

const aboutKey = ({ service, key, holder }: Lock): Subject =>
	service === 'Ticket' ? { type: 'seat', id: key } : { type: 'invocation', id: holder };

/** A session's key is a buyer, whom no sentence names. */
const nameOf = ({ service, key }: Lock): string =>
	service === 'UserSession' ? 'a buyer’s session' : `${service} ${key}`;

function proposalsFor({ id, status }: LiveInvocation): Proposal[] {
	const cancel = onInvocation('cancel', id, 'Cancel the lock’s holder');
	if (status === 'paused') return [onInvocation('resume', id, 'Resume the lock’s holder'), cancel];
	if (status === 'backing-off')
		return [onInvocation('retry', id, 'Retry the lock’s holder now'), cancel];
	return [cancel];
}
