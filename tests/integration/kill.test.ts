import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditStack, isClean, settled } from '../../scripts/audit/audit-stack.ts';
import { DECLINED, Site } from '../../scripts/drills/site.ts';
import { postJson } from '../../scripts/ingress.ts';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import type { Session } from '../../worker/user-session.ts';
import { writeD1 } from '../support/d1.ts';
import { startProbe } from '../support/probe.ts';

/** What `kill` does on this version of the server, and why it leaves no hold behind. */

const patient = { timeout: 60_000 };

let site: Site;

beforeAll(async () => {
	site = new Site(await startPrivateStack({ service: { vars: { NEXUS_HOLD_MS: '4000' } } }));
});

afterAll(async () => {
	for (const stop of site.cleanUp) await stop();
	await site.stack.stop();
});

async function kill(invocationId: string): Promise<void> {
	const { admin } = site.stack.settings.urls;
	const url = `${admin}/invocations/${invocationId}/kill`;
	expect((await fetch(url, { method: 'PATCH' })).status).toBe(200);
}

/** Replaces what a buyer's session holds; while the session is busy, once it is free. */
async function editSession(userId: string, session: unknown): Promise<void> {
	const { admin } = site.stack.settings.urls;
	const stored = [...new TextEncoder().encode(JSON.stringify(session))];
	const response = await fetch(`${admin}/services/UserSession/state`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ object_key: userId, new_state: { session: stored } })
	});
	expect(response.status).toBe(202);
}

/** The status of each of the probe's invocations, by handler; one that is gone is not there. */
async function probes(): Promise<Record<string, string>> {
	const rows = await site.records.sql(
		`SELECT target_handler_name, status, completion_failure FROM sys_invocation
		WHERE target_service_name = 'KillProbe'`,
		z.object({
			target_handler_name: z.string(),
			status: z.string(),
			completion_failure: z.string().optional()
		})
	);
	return Object.fromEntries(
		rows.map((row) => [row.target_handler_name, row.completion_failure ?? row.status])
	);
}

describe('kill', () => {
	it('takes calls, sends and timers of the killed one with it, not those of ended children', async () => {
		const { settings, keys } = site.stack;
		site.cleanUp.push((await startProbe(settings, keys, 'kill-probe')).stop);
		const sent = await postJson(
			`${site.stack.settings.urls.ingress}/KillProbe/parent/send`,
			undefined
		);
		await expect.poll(probes, patient).toEqual({
			parent: 'suspended',
			called: 'suspended',
			sent: 'suspended',
			delayed: 'scheduled',
			setsTimer: 'completed',
			timer: 'scheduled'
		});
		await kill((sent as { invocationId: string }).invocationId);
		await expect.poll(probes, patient).toEqual({
			parent: '[409] killed',
			called: '[409] killed',
			sent: '[409] killed',
			setsTimer: 'completed',
			timer: 'scheduled'
		});
	});

	it('of a checkout that pays leaves no hold, no money and no open order behind', async () => {
		const { records } = site;
		const seats = await site.freshSeats(2);
		const email = 'killed@example.com';
		await site.breakGateway({ payments: { delayMs: 2_000, times: 1 } });
		const checkout = await site.beginToPay({ ticketIds: seats, userId: 'kim', email });
		await kill(checkout.invocationId);
		expect(await checkout.answer).toEqual({ status: 409, message: 'killed' });
		expect(await records.statuses(seats)).toEqual(['RESERVED', 'RESERVED']);

		expect(await records.order(checkout.orderId)).toMatchObject({
			status: 'FAILED',
			reason: 'The checkout was stopped before it could finish'
		});
		expect(await records.statuses(seats)).toEqual(['AVAILABLE', 'AVAILABLE']);
		expect(await records.intentsOf(checkout.orderId)).toMatchObject([{ status: 'canceled' }]);
		expect(await records.mailSubjects(email)).toEqual(['Booking not completed']);
		expect(await site.buy({ ticketIds: seats, userId: 'lea' })).toMatchObject({ status: 200 });
	});

	it('of a checkout that reserves leaves no hold behind either', async () => {
		const { records } = site;
		const seat = await site.freshSeat();
		await site.breakGateway({ payments: { status: 503 } });
		const checkout = await site.begin({ ticketIds: [seat], userId: 'max' });
		await expect.poll(() => records.statuses([seat]), patient).toEqual(['RESERVED']);
		await kill(checkout.invocationId);
		await expect.poll(() => records.statuses([seat]), patient).toEqual(['AVAILABLE']);
		await site.mendGateway();
		expect(await records.intentsOf(checkout.orderId)).toEqual([]);
	});

	it('of a checkout whose seats are sold settles it one way or the other', async () => {
		const { records } = site;
		const seat = await site.freshSeat();
		await site.breakGateway({ payments: { delayMs: 2_000, times: 2 } });
		const checkout = await site.begin({ ticketIds: [seat], userId: 'nora' });
		await expect.poll(() => records.statuses([seat]), patient).toEqual(['SOLD']);
		await kill(checkout.invocationId);
		const { status } = await records.order(checkout.orderId); // final: CONFIRMED or FAILED
		expect(await records.statuses([seat])).toEqual([status === 'CONFIRMED' ? 'SOLD' : 'AVAILABLE']);
	});

	it('of a checkout that compensates leaves no money behind either', async () => {
		const { records } = site;
		const seat = await site.freshSeat();
		await site.breakGateway({ payments: { delayMs: 1_000, times: 1 } });
		const checkout = await site.beginToPay({ ticketIds: [seat], userId: 'olga' });
		await site.breakGateway({ payments: { status: 503 } });
		const { admin } = site.stack.settings.urls;
		await fetch(`${admin}/invocations/${checkout.invocationId}/cancel`, { method: 'PATCH' });
		await fetch(`${admin}/invocations/${checkout.invocationId}/resume`, { method: 'PATCH' });
		// The seats are free by now, and the gateway is waited for.
		await expect.poll(() => records.statuses([seat]), patient).toEqual(['AVAILABLE']);
		await kill(checkout.invocationId);
		await site.mendGateway();
		const { status } = await records.order(checkout.orderId);
		expect(status).toBe('FAILED');
		expect(
			(await records.intentsOf(checkout.orderId)).filter(({ status }) => status !== 'canceled')
		).toEqual([]);
	});

	it('of a checkout that waits for its session leaves the order ended and the session closed', async () => {
		const { records } = site;
		const userId = 'pia';
		const sessionNow = () => records.state<Session>('UserSession', userId, 'session');
		await site.breakGateway({ payments: { delayMs: 2_000, times: 1 } });
		const ticketIds = await site.freshSeats(1);
		const checkout = await site.beginToPay({ ticketIds, userId, paymentMethod: DECLINED });
		const session = await sessionNow();
		// The order that is no order makes whoever closes one fail, and be tried again.
		await editSession(userId, { ...session, orders: [...(session?.orders ?? []), null] });
		await expect.poll(async () => (await sessionNow())?.orders, patient).toHaveLength(2);
		expect((await records.order(checkout.orderId)).status).toBe('FAILED');
		await editSession(userId, session);
		await kill(checkout.invocationId);
		expect(await checkout.answer).toEqual({ status: 409, message: 'killed' });
		await expect.poll(sessionNow, patient).toMatchObject({ currentOrderId: null, orders: [] });
	});

	it('finds a session that is open for as long as money is on its way back', async () => {
		const { records } = site;
		const userId = 'rosa';
		const sessionNow = () => records.state<Session>('UserSession', userId, 'session');
		await site.breakGateway({ payments: { delayMs: 1_000, times: 1 } });
		const ticketIds = await site.freshSeats(1);
		const checkout = await site.beginToPay({ ticketIds, userId });
		await site.breakGateway({ payments: { status: 503 } });
		const { admin } = site.stack.settings.urls;
		await fetch(`${admin}/invocations/${checkout.invocationId}/cancel`, { method: 'PATCH' });
		// The round in which the checkout itself gives the money back comes to its end.
		expect(await checkout.answer).toMatchObject({ status: 409 });
		expect((await records.order(checkout.orderId)).status).toBe('CANCELLED');
		expect(await sessionNow()).toMatchObject({ currentOrderId: checkout.orderId });
		await site.mendGateway();
		await expect.poll(sessionNow, patient).toMatchObject({ currentOrderId: null, orders: [] });
		expect(await records.intentsOf(checkout.orderId)).toMatchObject([{ status: 'canceled' }]);
	});

	it('of a paid checkout whose order never came on record puts it on record', async () => {
		const { records, stack } = site;
		const [seat = ''] = await site.freshSeats(1);
		// The money is taken well before the checkout hears of it.
		await site.breakGateway({ payments: { delayMs: 2_000, times: 2 } });
		const checkout = await site.begin({ ticketIds: [seat], userId: 'sara' });
		await expect
			.poll(() => records.intentsOf(checkout.orderId), patient)
			.toMatchObject([{ status: 'succeeded' }]);
		await kill(checkout.invocationId);
		for (const [table, column] of [['orders', 'id'] as const, ['order_seats', 'order_id'] as const])
			writeD1(stack.settings.dataDir, `DELETE FROM ${table} WHERE ${column} = ?`, checkout.orderId);
		await site.mendGateway();
		expect(await records.order(checkout.orderId)).toMatchObject({ status: 'CONFIRMED' });
		expect(await records.statuses([seat])).toEqual(['SOLD']);
	});

	it('leaves a world that the audit finds in order', async () => {
		// The probe's timer waits for an hour; nothing else is left.
		await settled(site.stack.settings);
		const bounds = { holdGrace: 15_000, settlement: 0, refund: 0 };
		const findings = await auditStack(site.stack.settings, bounds);
		expect(isClean(findings), JSON.stringify(findings)).toBe(true);
	});
});
