import { expect, inject } from 'vitest';
import type { ChainedRecord } from '../../shared/audit-chain.ts';
import { REFUND_LIMIT } from '../../shared/change.ts';
import type { BulkView, ChangeView } from '../../shared/change.ts';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Role } from '../../shared/operator-token.ts';
import type { Venue } from '../../shared/venue.ts';
import type { CheckoutResult } from '../../worker/checkout.ts';
import { readD1 } from './d1.ts';
import { publishEvent } from './events.ts';
import { call, freshSeat, getSeat, ledger, operate, query } from './nexus.ts';
import type { Answer } from './nexus.ts';

/** What the tests of operators' changes do: ask, decide, look, and read the audit. */

export const reason = 'customer called the box office';

/** An answer of Operations, whatever came of it. */
export interface Told {
	outcome?: string;
	changeId: string;
	message: string;
	approvalFor?: string;
	until?: number;
	invocationIds: string[];
	[field: string]: unknown;
}

export const ask = (
	handler: string,
	input: object,
	role: Role = 'operator',
	name = 'tester'
): Promise<Answer<Told>> => operate<Told>(handler, { reason, ...input }, role, name);

/** A second person's word. */
export const decide = (changeId: string, approve: boolean, role: Role = 'approver', name = 'two') =>
	ask('approve', { changeId, approve, expect: { status: 'awaiting-approval' } }, role, name);

export const undo = (changeId: string, role: Role = 'operator', name = 'tester') =>
	ask('undo', { changeId }, role, name);

export async function tokenOf(role: Role, name = 'tester'): Promise<Record<string, string>> {
	const key = inject('operatorSigningKey');
	return { [OPERATOR_HEADER]: await signOperatorToken(key, { name, role }) };
}

export const changeNow = async (changeId: string): Promise<ChangeView> =>
	(await call<ChangeView>(`Change/${changeId}/get`, undefined, await tokenOf('viewer'))).body;

/** How far a bulk job has come. */
export const bulkNow = async (changeId: string): Promise<BulkView> =>
	(await call<BulkView>(`Bulk/${changeId}/get`, undefined, await tokenOf('viewer'))).body;

export const auditOf = (target: string): ChainedRecord[] =>
	readD1('SELECT * FROM audit WHERE target = ? ORDER BY seq', target);

export const outcomesOf = (target: string): string[] =>
	auditOf(target).map(({ action, outcome }) => `${action} ${outcome}`);

/** A seat that somebody holds without a checkout. */
export async function heldSeat(user = 'alice'): Promise<{ seat: string; epoch: number }> {
	const seat = await freshSeat();
	expect((await call(`Ticket/${seat}/reserve`, user)).status).toBe(200);
	return { seat, epoch: (await getSeat(seat)).epoch };
}

/** An order that is paid, once it can be found. */
export async function paidOrder(seats: string[], email: string): Promise<string> {
	const order = { ticketIds: seats, userId: 'alice', paymentMethod: 'pm_card_visa', email };
	const bought = await call<{ orderId: string }>('Checkout/checkout', order);
	expect(bought.status).toBe(200);
	const { orderId } = bought.body;
	await expect.poll(() => orderRow(orderId).status).toBe('CONFIRMED');
	return orderId;
}

/** An order that cost more than one operator may return. */
export async function dearOrder(): Promise<string> {
	const event = await publishEvent('Dear', 50, REFUND_LIMIT / 5);
	const { seats } = (await call<Venue>(`Event/${event}/venue`)).body;
	const ten = seats.slice(0, 10).map(([id]) => `${event}:${id}`);
	return paidOrder(ten, `dear-${crypto.randomUUID()}@example.com`);
}

/** What somebody buys a seat with, an address for the mail included. */
export const cart = (seat: string, userId: string) => ({
	...{ ticketId: seat, userId, paymentMethod: 'pm_card_visa' },
	email: `${userId}@example.com`
});

/** A seat that is bought, once its buyer has been told by mail. */
export async function boughtSeat(
	userId: string
): Promise<{ seat: string; orderId: string; paid: number }> {
	const seat = await freshSeat();
	const { body } = await call<CheckoutResult>('Checkout/checkout', cart(seat, userId));
	await expect
		.poll(() => readD1('SELECT id FROM orders WHERE id = ? AND mail_id IS NOT NULL', body.orderId))
		.toHaveLength(1);
	const [intent] = await intentsOf(seat);
	return { seat, orderId: body.orderId, paid: intent?.amount_received ?? 0 };
}

/** The payments that were asked of the gateway for a seat. */
export const intentsOf = async (seat: string) =>
	(await ledger()).intents.filter(({ metadata }) => metadata['seats'] === seat);

/** The checkout that holds a seat, once it waits between two attempts at a step. */
export async function stuckCheckout(seat: string): Promise<string> {
	const backingOff = async () => {
		const { checkoutId } = await getSeat(seat);
		if (checkoutId === null) return undefined;
		const [row] = await query<{ status: string }>(
			`SELECT status FROM sys_invocation WHERE id = '${checkoutId}' AND status = 'backing-off'`
		);
		return row && checkoutId;
	};
	await expect.poll(backingOff).toBeDefined();
	return (await backingOff()) ?? (await getSeat(seat)).checkoutId ?? '';
}

/** The checkout that holds a seat, paused at the step that it is at. */
export async function pausedCheckout(seat: string): Promise<string> {
	const id = (await getSeat(seat)).checkoutId ?? '';
	const { admin } = inject('settings').urls;
	expect((await fetch(`${admin}/invocations/${id}/pause`, { method: 'PATCH' })).ok).toBe(true);
	await expect
		.poll(() => query(`SELECT id FROM sys_invocation WHERE id = '${id}' AND status = 'paused'`))
		.toHaveLength(1);
	return id;
}

interface Row {
	status: string | undefined;
	refunded: number | undefined;
	amount: number;
}

export const orderRow = (id: string): Row =>
	readD1<Row>('SELECT status, refunded, amount FROM orders WHERE id = ?', id)[0] ?? {
		...{ status: undefined, refunded: undefined, amount: 0 }
	};
