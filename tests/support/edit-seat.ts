import { expect } from 'vitest';

/** Writes a seat's state from outside, which nothing in the sale can do. */
export async function editSeat(adminUrl: string, seat: string, state: object): Promise<void> {
	const response = await fetch(`${adminUrl}/services/Ticket/state`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			object_key: seat,
			new_state: { state: [...new TextEncoder().encode(JSON.stringify(state))] }
		})
	});
	expect(response.status, await response.text()).toBe(202);
}

/** A hold whose time is over and whose timer never was. */
export const lapsedHold = (holder: string, agoMs: number) => ({
	...{ v: 1, status: 'RESERVED', reservedBy: holder, holdId: 'plain', checkoutId: null },
	...{ heldAt: 1, reservedUntil: Date.now() - agoMs, orderId: null, epoch: 1, changedAt: 1 }
});
