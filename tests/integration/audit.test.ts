import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditStack, isClean, settled } from '../../scripts/audit/audit-stack.ts';
import { Site, VISA } from '../../scripts/drills/site.ts';
import { d1File, queryD1 } from '../../scripts/stack/d1.ts';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import type { Settings } from '../../scripts/stack/settings.ts';
import type { Finding } from '../../shared/integrity.ts';

/** An audit of a real stack: clean after real traffic, and not once something is planted in it. */

const BOUNDS = { holdGrace: 60_000, settlement: 0, refund: 0 };

/** What an earlier version left in the audit, before it was a chain. */
const OLDER_RECORDS = [2_000, 1_000].map(
	(at) =>
		`INSERT INTO audit (id, at, actor, role, action, target, reason, before, after, outcome,
			invocation_ids) VALUES ('old-${at}', ${at}, 'ann', 'operator', 'resendEmail', 'ord_old',
			'asked for', 'null', 'null', 'done', '[]')`
);

let site: Site;

beforeAll(async () => {
	site = new Site(
		await startPrivateStack({}, ({ settings }) => changeDatabase(settings, OLDER_RECORDS))
	);
});

afterAll(async () => {
	await site.stack.stop();
});

/** Changes D1 as somebody would who has the database's file in hand. */
function changeDatabase({ dataDir }: Settings, statements: readonly string[]): void {
	const database = new DatabaseSync(d1File(dataDir), { timeout: 5000 });
	try {
		for (const statement of statements) database.exec(statement);
	} finally {
		database.close();
	}
}

const tamper = (...statements: string[]) => changeDatabase(site.stack.settings, statements);

async function audit(): Promise<Finding[]> {
	await settled(site.stack.settings);
	return auditStack(site.stack.settings, BOUNDS);
}

const broken = (findings: Finding[]) =>
	findings.flatMap(({ name, violations }) =>
		violations.map(({ subject, what }) => ({ name, subject, what }))
	);

/** Asks the sandbox for something behind the service's back, as its Stripe API. */
async function stripe(path: string, form: Record<string, string>): Promise<string> {
	const response = await fetch(`${site.stack.settings.urls.sandbox}/v1/${path}`, {
		method: 'POST',
		headers: { authorization: 'Bearer sk_test_sandbox', 'idempotency-key': randomUUID() },
		body: new URLSearchParams(form)
	});
	const body = (await response.json()) as { id: string };
	expect(response.status, JSON.stringify(body)).toBe(200);
	return body.id;
}

/** Replaces a seat's state through the admin API, as nobody should. */
async function editSeat(key: string, change: object): Promise<void> {
	const state = { ...(await site.records.seat(key)), ...change };
	const value = [...new TextEncoder().encode(JSON.stringify(state))];
	const response = await fetch(`${site.stack.settings.urls.admin}/services/Ticket/state`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ object_key: key, new_state: { state: value } })
	});
	expect(response.status).toBe(202);
	await expect.poll(() => site.records.seat(key)).toMatchObject(change);
}

const CAPTURED = 'Each captured payment has all its seats or a refund';
const payment = { amount: '5000', currency: 'eur', confirm: 'true', payment_method: VISA };

describe('the audit', () => {
	let sold: string[];
	let orderId: string;

	it('is clean after sales, declines, conflicts, a refund and an abandoned hold', async () => {
		sold = await site.freshSeats(3);
		const email = 'audit@example.com';
		const bought = await site.begin({ ticketIds: sold, userId: 'alice', email });
		expect(await bought.answer).toMatchObject({ status: 200 });
		orderId = bought.orderId;
		expect(await site.buy({ ticketIds: sold, userId: 'bob' })).toMatchObject({ status: 409 });
		const declined = { ticketIds: [await site.freshSeat()], userId: 'carol' };
		const card = { paymentMethod: 'pm_card_chargeDeclined', email };
		expect(await site.buy({ ...declined, ...card })).toMatchObject({ status: 402 });
		await site.call(`Ticket/${await site.freshSeat()}/reserve`, 'dave');
		const returned = await site.begin({ ticketIds: [await site.freshSeat()], userId: 'erin' });
		await returned.answer;
		await site.records.order(returned.orderId);
		const refund = {
			orderId: returned.orderId,
			reason: 'audit test',
			expect: { status: 'CONFIRMED' }
		};
		expect(await site.operate('refundOrder', refund)).toMatchObject({ status: 200 });

		const findings = await audit();
		expect(broken(findings)).toEqual([]);
		expect(isClean(findings)).toBe(true);
		const checked = Object.fromEntries(findings.map(({ name, checked: count }) => [name, count]));
		expect(checked).toMatchObject({
			'Each sold seat has exactly one paid order': 3,
			[CAPTURED]: 2,
			'No seat is held past its expiry': 1,
			'Each paid order has one mail': 1,
			'Each refund comes to an end': 1
		});
	});

	it('leaves alone what is under way', async () => {
		await site.breakGateway({ payments: { delayMs: 4_000, times: 1 } });
		const paying = await site.beginToPay({ ticketIds: [await site.freshSeat()], userId: 'fay' });
		expect(broken(await auditStack(site.stack.settings, BOUNDS))).toEqual([]);
		await paying.answer;
	});

	it('finds money taken for an order that nobody knows', async () => {
		const intent = await stripe('payment_intents', {
			...payment,
			'metadata[order_id]': 'ord_nobody'
		});
		expect(broken(await audit())).toEqual([
			{ name: CAPTURED, subject: intent, what: 'paid for an order that is unknown' }
		]);
		await stripe('refunds', { payment_intent: intent });
		expect(broken(await audit())).toEqual([]);
	});

	it('finds money that was reserved and left hanging', async () => {
		const manual = { ...payment, capture_method: 'manual' };
		const intent = await stripe('payment_intents', { ...manual, 'metadata[order_id]': 'ord_gone' });
		expect(broken(await audit())).toMatchObject([
			{ name: 'No authorisation is left hanging', subject: intent }
		]);
		await stripe(`payment_intents/${intent}/cancel`, {});
		expect(broken(await audit())).toEqual([]);
	});

	it('finds an order that paid twice', async () => {
		const intent = await stripe('payment_intents', { ...payment, 'metadata[order_id]': orderId });
		expect(broken(await audit())).toEqual([
			{ name: 'No order is paid twice', subject: orderId, what: 'paid 2 times' }
		]);
		await stripe('refunds', { payment_intent: intent });
	});

	it('finds a sold seat that was freed behind the order’s back', async () => {
		const [seat = ''] = sold;
		await editSeat(seat, { status: 'AVAILABLE', orderId: null });
		expect(broken(await audit())).toMatchObject([
			{ name: CAPTURED, what: expect.stringMatching(/without 1 of 3 seats/) as unknown }
		]);
		await editSeat(seat, { status: 'SOLD', orderId });
		expect(broken(await audit())).toEqual([]);
	});

	const CHAIN = 'The audit is an unbroken chain';

	const triggers = (): { name: string; sql: string }[] =>
		queryD1(
			site.stack.settings.dataDir,
			"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit' ORDER BY name"
		);

	it('holds the records of before there was a chain, in the order of their time', () => {
		const records = queryD1<{ id: string; seq: number }>(
			site.stack.settings.dataDir,
			"SELECT id, seq FROM audit WHERE target = 'ord_old' ORDER BY seq"
		);
		expect(records).toEqual([
			{ id: 'old-1000', seq: 1 },
			{ id: 'old-2000', seq: 2 }
		]);
	});

	it('of operators’ changes is kept by the database from being changed or cut', () => {
		for (const statement of ["UPDATE audit SET reason = 'none'", 'DELETE FROM audit'])
			expect(() => tamper(statement)).toThrow(/the audit is append-only/);
	});

	it('tells which of an operator’s records was changed, forged or removed all the same', async () => {
		const guards = triggers();
		expect(guards).toHaveLength(2);
		tamper(...guards.map(({ name }) => `DROP TRIGGER ${name}`));
		const [newest = { seq: 0, reason: '' }] = queryD1<{ seq: number; reason: string }>(
			site.stack.settings.dataDir,
			'SELECT seq, reason FROM audit ORDER BY seq DESC'
		);
		expect(newest.seq).toBeGreaterThan(1);
		tamper(`UPDATE audit SET reason = 'nothing happened' WHERE seq = ${newest.seq}`);
		const changed = `audit record ${newest.seq}`;
		expect(broken(await audit())).toEqual([
			{ name: CHAIN, subject: changed, what: 'it was changed after it was written' }
		]);
		tamper(`UPDATE audit SET reason = '${newest.reason}' WHERE seq = ${newest.seq}`);
		expect(broken(await audit())).toEqual([]);

		tamper(`CREATE TABLE stolen AS SELECT * FROM audit WHERE seq = ${newest.seq}`);
		tamper(`DELETE FROM audit WHERE seq = ${newest.seq}`);
		expect(broken(await audit())).toEqual([
			{ name: CHAIN, subject: changed, what: '1 records are missing' }
		]);
		tamper('INSERT INTO audit SELECT * FROM stolen');
		tamper(`UPDATE stolen SET id = 'forged', seq = NULL`);
		tamper('INSERT INTO audit SELECT * FROM stolen');
		expect(broken(await audit())).toEqual([
			{ name: CHAIN, subject: 'records outside the chain', what: '1 without a place in it' }
		]);
		tamper(
			"DELETE FROM audit WHERE id = 'forged'",
			'DROP TABLE stolen',
			...guards.map(({ sql }) => sql)
		);
		expect(broken(await audit())).toEqual([]);
	});

	it('finds a seat sold to nobody’s order, and a hold without an end', async () => {
		const [free, held] = [await site.freshSeat(), await site.freshSeat()];
		for (const seat of [free, held]) await site.call(`Ticket/${seat}/reserve`, 'gus');
		await editSeat(free, { status: 'SOLD', orderId: 'ord_nobody' });
		await editSeat(held, { reservedUntil: Date.now() - 10 * 60_000 });
		const findings = broken(await audit());
		expect(findings.map(({ subject }) => subject)).toEqual([free, held]);
		expect(findings[1]?.what).toMatch(/^held 60\d s past its expiry$/);
	});
});
