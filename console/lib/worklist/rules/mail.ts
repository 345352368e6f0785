import { concernedBy, orderOf } from '../concerns.ts';
import type { Thresholds, WorkFacts } from '../facts.ts';
import type { Finding } from '../item.ts';
import { resendEmail } from '../proposals.ts';

/**
 * Orders that have ended, whose buyer left an address, with no mail on record and nothing that is
 * still sending one. A mail that is being tried is told by its invocation (progress.ts).
 */
export function mailFindings(facts: WorkFacts, { mail }: Thresholds): Finding[] {
	const sending = new Set(
		facts.invocations
			.filter(({ service }) => service === 'Notification')
			.flatMap((invocation) => orderOf(invocation) ?? [])
	);
	return facts.mailsDue
		.filter(({ id, updatedAt }) => facts.now - updatedAt >= mail && !sending.has(id))
		.map((order) => ({
			kind: 'mail',
			about: { type: 'order', id: order.id },
			why: facts.blind
				? 'The order has ended and no mail about it is on record.'
				: 'The order has ended, no mail about it is on record, and nothing is sending one.',
			evidence: [
				{ label: 'Order', text: order.status, at: order.updatedAt },
				{ label: 'Mail', text: 'none on record' }
			],
			since: order.updatedAt,
			...concernedBy(facts, order.id),
			proposals: [resendEmail(order.id)],
			fingerprint: order.status,
			caveat: facts.blind ? 'Whether something is sending it cannot be told now.' : null
		}));
}
