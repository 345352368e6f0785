import { beforeAll, describe, expect, inject, it } from 'vitest';
import { INVOCATION_STATUSES } from '$lib/invocation.ts';
import type { InvocationStatus } from '$lib/invocation.ts';
import { NO_FILTER } from '$lib/invocation-filter.ts';
import type { Cursor, InvocationFilter } from '$lib/invocation-filter.ts';
import {
	PAGE_SIZE,
	countInvocations,
	invocationsOfKey,
	listInvocations
} from '$lib/server/invocations.ts';
import { createAdmin } from '$lib/server/restate-admin.ts';
import { call, freshSeat, operate, withFaults } from '../support/nexus.ts';

const admin = createAdmin({ url: inject('settings').urls.admin });
const reason = 'invocation list test';

/** Every invocation of a filter, page by page. */
async function listAll(filter: InvocationFilter) {
	const all = [];
	let before: Cursor | null = null;
	do {
		const page = await listInvocations(admin, filter, before);
		expect(page.rows.length).toBeLessThanOrEqual(PAGE_SIZE);
		all.push(...page.rows);
		before = page.next;
	} while (before);
	return all;
}

const buyer = `lister-${Date.now()}`;
const filterOf = (change: Partial<InvocationFilter>): InvocationFilter => ({
	...NO_FILTER,
	...change
});
let seat = '';

beforeAll(async () => {
	seat = await freshSeat();
	const order = { ticketId: seat, userId: buyer, paymentMethod: 'pm_card_chargeDeclined' };
	expect((await call('Checkout/checkout', order)).status).toBe(402);
	expect((await call(`Ticket/${seat}/reserve`, buyer)).status).toBe(200);
	expect((await call(`Ticket/${seat}/reserve`, `${buyer}-late`)).status).toBe(409);
	// More than a page of reads, so that paging is real.
	for (let n = 0; n < PAGE_SIZE + 5; n++) await call(`Ticket/${seat}/history`);
});

describe('the invocation list', () => {
	it.each([
		['a seat', () => ({ keyPrefix: seat })],
		['a handler of a seat', () => ({ keyPrefix: seat, handler: 'reserve' })],
		['an error', () => ({ service: 'Checkout', error: 'CARD WAS DECLINED' })],
		['nothing', () => ({ keyPrefix: "' OR '1'='1" })]
	])('lists exactly what it counts: %s', async (_, change) => {
		const filter = filterOf(change());
		const [rows, counts] = [await listAll(filter), await countInvocations(admin, filter)];
		const listed: Partial<Record<InvocationStatus, number>> = {};
		for (const { status } of rows) listed[status] = (listed[status] ?? 0) + 1;
		expect(listed).toEqual(counts);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
		const times = rows.map(({ createdAt }) => createdAt);
		expect(times).toEqual(times.toSorted((a, b) => b - a));
	});

	it('gives each status exactly its own', async () => {
		const counts = await countInvocations(admin, filterOf({ keyPrefix: seat }));
		for (const status of INVOCATION_STATUSES) {
			const rows = await listAll(filterOf({ keyPrefix: seat, statuses: [status] }));
			expect(rows.map((row) => row.status)).toEqual(rows.map(() => status));
			expect(rows.length).toBe(counts[status] ?? 0);
		}
		expect(counts).toMatchObject({ succeeded: expect.any(Number) as number, failed: 1 });
	});

	it('tells when a scheduled one starts', async () => {
		const [timer] = await listAll(filterOf({ keyPrefix: seat, statuses: ['scheduled'] }));
		expect(timer).toMatchObject({ handler: 'expire' });
		expect(timer?.startsAt).toBeGreaterThan(timer?.createdAt ?? Infinity);
	});

	it('leaves reads out of what touched a seat', async () => {
		const which = { limit: 100, without: ['get', 'history'] };
		const handlers = (await invocationsOfKey(admin, 'Ticket', seat, which)).map(
			({ handler }) => handler
		);
		expect(handlers).toContain('reserve');
		expect(handlers).not.toContain('history');
	});

	it('follows a checkout from backing off to cancelled', async () => {
		const ticketId = await freshSeat();
		const order = { ticketId, userId: `${buyer}-b`, paymentMethod: 'pm_card_visa' };
		const idOf = async (statuses: InvocationStatus[]) =>
			(await listAll(filterOf({ service: 'Checkout', statuses }))).map(({ id }) => id);

		const id = await withFaults({ payments: { status: 503 } }, async () => {
			const sent = await call<{ invocationId: string }>('Checkout/checkout/send', order);
			const { invocationId } = sent.body;
			await expect.poll(() => idOf(['backing-off'])).toContain(invocationId);
			return invocationId;
		});
		const expected = { status: 'backing-off' };
		// It may have gone on by itself the moment the gateway recovered.
		const answer = await operate('cancelCheckout', { invocationId: id, reason, expect: expected });
		const end: InvocationStatus = answer.status === 200 ? 'cancelled' : 'succeeded';
		await expect.poll(() => idOf([end])).toContain(id);
		expect(await idOf(['failed', 'backing-off'])).not.toContain(id);
	});
});
