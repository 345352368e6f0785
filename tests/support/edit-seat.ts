import { expect } from 'vitest';

/** Writes the whole state of an object from outside, which nothing in the sale can do. */
export async function editState(
	adminUrl: string,
	service: string,
	key: string,
	state: Record<string, unknown>
): Promise<void> {
	const entries = Object.entries(state).map(
		([name, value]) => [name, [...new TextEncoder().encode(JSON.stringify(value))]] as const
	);
	const response = await fetch(`${adminUrl}/services/${service}/state`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ object_key: key, new_state: Object.fromEntries(entries) })
	});
	expect(response.status, await response.text()).toBe(202);
}

export const editSeat = (adminUrl: string, seat: string, state: object): Promise<void> =>
	editState(adminUrl, 'Ticket', seat, { state });

/** A hold whose time is over and whose timer never was. */
export const lapsedHold = (holder: string, agoMs: number) => ({
	...{ v: 1, status: 'RESERVED', reservedBy: holder, holdId: 'plain', checkoutId: null },
	...{ heldAt: 1, reservedUntil: Date.now() - agoMs, orderId: null, epoch: 1, changedAt: 1 }
});
