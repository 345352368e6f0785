import { invocationIdOf } from '$shared/order.ts';
import type { OrderRow } from '../order.ts';
import type { Actor } from '../permissions.ts';
import type { EvidenceSources, Taken } from './evidence.ts';
import { takeDeployments, takeJournal, takeLogs } from './evidence-parts.ts';
import { readOrderCase } from './order-case.ts';
import type { Ports } from './ports.ts';

/** What the money of an order is, as the gateway says. @throws UpstreamError */
export const takeMoney = async (
	{ nexus }: Pick<Ports, 'nexus'>,
	actor: Actor,
	id: string
): Promise<Taken> => ({ value: await nexus.money(actor, id), plain: true });

/** A seat's state and its own record of how it came to it. @throws UpstreamError */
export async function takeSeats(
	{ nexus }: Pick<Ports, 'nexus'>,
	keys: readonly string[]
): Promise<Taken> {
	const value = keys.map(async (key) => ({
		seat: await nexus.seat(key),
		history: await nexus.seatHistory(key)
	}));
	return { value: await Promise.all(value) };
}

/** What is known of an order. */
export function orderEvidence(ports: Ports, actor: Actor, order: OrderRow): EvidenceSources {
	const checkout = invocationIdOf(order.id);
	// Read once for the parts that tell of it.
	const reading = readOrderCase(ports, actor, order.id);
	const others = async (): Promise<string[]> => {
		const workflow = (await reading)?.workflow;
		if (!workflow?.ok) return [];
		const { notifications, payments } = workflow.value;
		return [...notifications, ...payments].map(({ id }) => id);
	};
	return {
		order: () => Promise.resolve({ value: order }),
		verdict: async () => ({ value: (await reading)?.verdict ?? null }),
		timeline: async () => ({
			value: (await reading)?.timeline ?? [],
			truncated: gaps((await reading)?.gaps ?? {})
		}),
		seats: () => takeSeats(ports, order.seats),
		money: () => takeMoney(ports, actor, order.id),
		workflow: async () => ({ value: (await reading)?.workflow ?? null }),
		journal: () => takeJournal(ports.admin, checkout),
		logs: async () => takeLogs(ports.logs, [checkout, ...(await others())]),
		audit: async () => ({ value: await ports.audit.ofOrder(order) }),
		deployments: () => takeDeployments(ports.admin)
	};
}

const gaps = (missing: Partial<Record<string, string>>): string | undefined => {
	const told = Object.entries(missing).map(([source, why]) => `${source}: ${why ?? ''}`);
	return told.length > 0 ? `Missing: ${told.join('; ')}` : undefined;
};
