import { beforeAll, describe, expect, inject } from 'vitest';
import { changedIn } from '../../console/lib/evidence.ts';
import type { EvidenceBundle } from '../../console/lib/evidence.ts';
import { until } from '../../scripts/until.ts';
import { it, open } from '../support/browser.ts';
import { ROLES } from '../../shared/operator-token.ts';
import { auditOf } from '../support/changes.ts';
import { as } from '../support/identities.ts';
import { call, EVENT, freshSeat, getSeat, operate } from '../support/nexus.ts';

const { urls } = inject('settings');

const TICKET = `OPS-${crypto.randomUUID().slice(0, 8)}`;
let seat: string;
let order: string;
let checkout: string;

beforeAll(async () => {
	const sold = await freshSeat();
	seat = await freshSeat();
	await call('Checkout/checkout', {
		...{ ticketId: sold, userId: 'audrey', paymentMethod: 'pm_card_visa' }
	});
	const { orderId, checkoutId } = await getSeat(sold);
	[order, checkout] = [orderId ?? '', checkoutId ?? ''];
	await call(`Ticket/${seat}/reserve`, 'audrey');
	const { epoch } = await getSeat(seat);
	const why = { reason: 'the buyer asked for it', ticketRef: TICKET, preview: ['Seat is free.'] };
	const release = (expected: number) =>
		operate('forceRelease', { seat, expect: { epoch: expected }, ...why });
	expect((await release(epoch + 7)).status).toBe(409);
	expect((await release(epoch)).status).toBe(200);
	await until(
		'the order is on record',
		async () => (await fetch(`${urls.console}/orders/${order}`)).ok
	);
});

describe('the audit page', () => {
	it('tells who did what, why, and what changed', async ({ page }) => {
		await open(page, `/audit?text=${TICKET}`);
		const rows = page.getByRole('list', { name: 'Audit records, newest first' }).locator('> li');
		expect(await rows.count()).toBe(2);
		expect(await rows.evaluateAll((all) => all.map((row) => row.dataset['outcome']))).toEqual([
			'done',
			'refused'
		]);
		await rows.first().locator('summary').first().click();
		const text = await rows.first().innerText();
		for (const part of ['tester', 'operator', 'Force release', 'the buyer asked for it', TICKET])
			expect(text).toContain(part);
		expect(text).toMatch(/status\s+RESERVED\s+AVAILABLE/);
		expect(text).toContain('Seat is free.');
		expect(text).toMatch(/number \d+/);
	});

	it('filters by what, who and outcome, from the keyboard and without leaving', async ({
		page
	}) => {
		await open(page, '/audit');
		await page.getByLabel('Seat, order, invocation, event or change').fill(seat);
		await page.keyboard.press('Enter');
		await page.waitForURL((url) => url.searchParams.get('target') === seat);
		await page.getByRole('navigation', { name: 'Outcome' }).getByText('Refused').click();
		await page.waitForURL((url) => url.searchParams.get('outcome') === 'refused');
		const rows = page.getByRole('list', { name: /Audit records/ }).locator('> li');
		await expect.poll(() => rows.count()).toBe(1);
		await page.getByLabel('Who', { exact: true }).fill('nobody');
		await page.keyboard.press('Enter');
		await page.getByText('No record matches').waitFor();
	});

	it('walks the chain and says how far it holds', async ({ page }) => {
		await open(page, '/audit');
		await page.getByRole('link', { name: 'Verify the chain' }).click();
		await page.getByText(/[\d,]+\s+records?, unbroken up to number/).waitFor();
		expect(await page.getByText('could not be asked').count()).toBe(0);
	});

	it('is a file of the same records', async () => {
		const csv = await (await fetch(`${urls.console}/audit/csv?text=${TICKET}`)).text();
		const lines = csv.trim().split('\r\n');
		expect(lines).toHaveLength(3);
		expect(lines[0]).toContain('seq,time,actor');
		expect(lines[1]).toContain(seat);
	});

	it.for(['outcome=lost', 'before=x', 'range=2y', 'from=then'])(
		'says what is wrong with ?%s',
		async (query, { page, tolerate }) => {
			tolerate(/status of 400/);
			expect(await open(page, `/audit?${query}`)).toBe(400);
		}
	);

	it('is where a seat’s and an event’s page lead with what was done to them', async ({ page }) => {
		for (const path of [`/seats/${seat}`, `/events/${EVENT}`]) {
			await open(page, path);
			const panel = page.getByRole('region', { name: 'Operators’ actions' });
			await panel.getByText('the buyer asked for it').first().waitFor();
			await panel.getByRole('link', { name: 'All in the audit' }).click();
			await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
		}
	});
});

describe('evidence', () => {
	it.for(['orders', 'seats', 'invocations'] as const)(
		'of one of the %s is a file whose changes show',
		async (kind) => {
			const id = { orders: order, seats: seat, invocations: checkout }[kind];
			const response = await fetch(`${urls.console}/${kind}/${id}/evidence`);
			expect(response.status).toBe(200);
			expect(response.headers.get('content-disposition')).toMatch(
				/^attachment; filename="evidence-/
			);
			const bundle = (await response.json()) as EvidenceBundle;
			expect(await changedIn(bundle)).toEqual([]);
			expect(bundle.exportedBy).toEqual({ name: 'local', role: 'admin' });
			for (const [name, part] of Object.entries(bundle.parts))
				expect(part.ok, `${name}: ${part.ok ? '' : part.why}`).toBe(true);
			for (const name of ['timeline', 'logs', 'audit', 'money', 'deployments'])
				expect(bundle.parts, name).toHaveProperty(name);
			expect(JSON.stringify(bundle)).toContain('audrey');
			expect(JSON.stringify(bundle)).not.toMatch(/eyJ[\w-]{8,}\.[\w-]+\./);
			const [newest] = auditOf(id).slice(-1);
			expect(newest).toMatchObject({
				...{ action: 'exportEvidence', outcome: 'done', actor: 'local', role: 'admin' },
				request_id: bundle.requestId
			});
			expect(JSON.parse(newest?.after ?? '')).toEqual({
				...{ whole: bundle.manifest.whole, exportedAt: bundle.exportedAt, masked: false }
			});
			const { logs: _, ...parts } = bundle.parts;
			expect(await changedIn({ ...bundle, parts })).toEqual(['logs', 'whole']);
		}
	);

	it.each(ROLES)('is for a %s as well, who is named in the audit', async (role) => {
		const identity = `${role}-masked`;
		const response = await fetch(`${urls.console}/orders/${order}/evidence`, {
			headers: as(identity)
		});
		expect(response.status).toBe(200);
		const bundle = (await response.json()) as EvidenceBundle;
		expect(bundle.masked).toBe(true);
		const records = auditOf(order).filter(({ request_id }) => request_id === bundle.requestId);
		expect(records).toMatchObject([
			{ ...{ action: 'exportEvidence', actor: bundle.exportedBy.name, role } }
		]);
		expect(records[0]?.after).toContain(bundle.manifest.whole);
	});

	it('is told of on the audit page, by its hash', async ({ page }) => {
		const response = await fetch(`${urls.console}/seats/${seat}/evidence`);
		const { manifest } = (await response.json()) as EvidenceBundle;
		await open(page, `/audit?target=${seat}&action=exportEvidence`);
		const rows = page.getByRole('list', { name: 'Audit records, newest first' }).locator('> li');
		await rows.first().locator('summary').first().click();
		expect(await rows.first().innerText()).toContain('Export evidence');
		expect(await rows.first().innerText()).toContain(manifest.whole);
	});

	it('is handed to no other site, and leaves no record there', async () => {
		const before = auditOf(order).length;
		for (const site of ['cross-site', 'same-site']) {
			const headers = { 'sec-fetch-site': site };
			const { status } = await fetch(`${urls.console}/orders/${order}/evidence`, { headers });
			expect(status, site).toBe(403);
		}
		expect(auditOf(order)).toHaveLength(before);
	});

	it('of what is not there is an error', async () => {
		for (const path of [
			'/orders/ord_1aaaaaaaa',
			`/seats/${EVENT}:NOPE-1`,
			'/invocations/inv_1aaaaaaaa'
		])
			expect((await fetch(`${urls.console}${path}/evidence`)).status, path).toBe(404);
	});
});
