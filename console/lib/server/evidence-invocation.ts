import type { InvocationDetail } from '../journal/detail.ts';
import type { Actor } from '../permissions.ts';
import type { EvidenceSources, Taken } from './evidence.ts';
import { takeMoney, takeSeats } from './evidence-order.ts';
import { takeDeployments, takeJournal, takeLogs } from './evidence-parts.ts';
import type { Ports } from './ports.ts';

const NONE: Taken = { value: null };

/** What is known of an invocation. */
export function invocationEvidence(
	ports: Ports,
	actor: Actor,
	{ header, facts, events, logs, actions, missing }: InvocationDetail
): EvidenceSources {
	const { id, order } = header;
	const seats = facts.filter(({ kind }) => kind === 'seat').map(({ value }) => value);
	return {
		state: () => Promise.resolve({ value: { header, facts } }),
		timeline: () =>
			Promise.resolve({
				value: [...events, ...logs, ...actions].toSorted((a, b) => a.at - b.at),
				truncated: missing ?? undefined
			}),
		journal: () => takeJournal(ports.admin, id),
		logs: () => takeLogs(ports.logs, [id]),
		audit: async () => ({
			value: await ports.audit.concerning({
				invocationId: id,
				targets: order ? [order.id] : [],
				since: header.createdAt
			})
		}),
		seats: () => takeSeats(ports, order?.seats ?? seats),
		money: () => (order ? takeMoney(ports, actor, order.id) : Promise.resolve(NONE)),
		deployments: () => takeDeployments(ports.admin)
	};
}
