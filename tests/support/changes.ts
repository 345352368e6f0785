import { expect, inject } from 'vitest';
import type { ChainedRecord } from '../../shared/audit-chain.ts';
import { REFUND_LIMIT } from '../../shared/change.ts';
import type { BulkView, ChangeView } from '../../shared/change.ts';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Role } from '../../shared/operator-token.ts';
import { readD1 } from './d1.ts';
import { call, freshSeat, getSeat, operate } from './nexus.ts';
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
	const seats = await Promise.all(Array.from({ length: 10 }, () => freshSeat()));
	const orderId = await paidOrder(seats, `dear-${crypto.randomUUID()}@example.com`);
	if (orderRow(orderId).amount <= REFUND_LIMIT) throw new Error('the seats are too cheap');
	return orderId;
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
