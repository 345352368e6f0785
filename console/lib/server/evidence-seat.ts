import { NO_AUDIT_FILTER } from '../audit-filter.ts';
import type { Actor } from '../permissions.ts';
import type { EvidenceSources, Taken } from './evidence.ts';
import { takeMoney } from './evidence-order.ts';
import { takeDeployments, takeJournal, takeLogs } from './evidence-parts.ts';
import type { Ports } from './ports.ts';
import type { SeatReading } from './seat-page.ts';

const MOST_RECORDS = 200;
/** Journals and payments of the newest: what came before is in the seat's own record. */
const NEWEST = 5;

/** What is known of a seat. */
export function seatEvidence(
	ports: Ports,
	actor: Actor,
	{ seat, history, lock, invocations, orders }: SeatReading
): EvidenceSources {
	const newest = invocations.slice(0, NEWEST).map(({ id }) => id);
	const bought = (orders ?? []).slice(0, NEWEST);
	return {
		state: () => Promise.resolve({ value: { seat, lock } }),
		timeline: () => Promise.resolve({ value: history, truncated: 'The newest 20 transitions' }),
		invocations: () => Promise.resolve({ value: invocations }),
		orders: () => Promise.resolve({ value: orders }),
		money: () => takeEach(bought, ({ id }) => takeMoney(ports, actor, id), orders?.length),
		journals: () => takeEach(newest, (id) => takeJournal(ports.admin, id), invocations.length),
		logs: () =>
			takeLogs(ports.logs, [...newest, ...bought.map(({ invocationId }) => invocationId)]),
		audit: async () => {
			const filter = { ...NO_AUDIT_FILTER, target: seat.key };
			const { rows, more } = await ports.audit.list(filter, null, MOST_RECORDS);
			return { value: rows, truncated: more ? `The newest ${MOST_RECORDS} records` : undefined };
		},
		deployments: () => takeDeployments(ports.admin)
	};
}

/** What each of the newest of several things tells. */
async function takeEach<T>(
	newest: readonly T[],
	take: (one: T) => Promise<Taken>,
	all = newest.length
): Promise<Taken> {
	const taken = await Promise.all(newest.map(take));
	const cut = taken.flatMap(({ truncated }) => truncated ?? []);
	const rest = all > newest.length ? [`Only of the newest ${newest.length} of ${all}`] : [];
	return {
		value: taken.map(({ value }) => value),
		truncated: [...rest, ...cut].join('. ') || undefined,
		plain: taken.length > 0 && taken.every(({ plain }) => plain === true)
	};
}
