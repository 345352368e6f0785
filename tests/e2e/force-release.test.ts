import { describe, expect } from 'vitest';
import { it, open } from '../support/browser.ts';
import { readD1 } from '../support/d1.ts';
import { call, freshSeat, getHistory, getSeat, operate } from '../support/nexus.ts';
import { askFor } from '../support/pages/operation-dialog.ts';

const reason = 'box office: the customer gave up';

const auditOf = (seat: string) =>
	readD1<{ outcome: string; actor: string; reason: string; action: string }>(
		'SELECT outcome, actor, reason, action FROM audit WHERE target = ? ORDER BY at',
		seat
	);

async function heldSeat(holder: string): Promise<string> {
	const seat = await freshSeat();
	expect((await call(`Ticket/${seat}/reserve`, holder)).status).toBe(200);
	return seat;
}

describe('force-release from a seat’s page', () => {
	it('frees the seat for a reason, on the page, in the service and in the audit', async ({
		page
	}) => {
		const seat = await heldSeat('frank');
		await open(page, `/seats/${seat}`);
		const header = page.getByRole('main').locator('header').first();
		expect(await header.innerText()).toContain('Held');
		const dialog = await askFor(page, 'Force release');
		await dialog.preview.getByText('The hold of frank ends').waitFor();
		await dialog.reason.fill(reason);
		await dialog.submit();
		await dialog.root.waitFor({ state: 'hidden' });

		await header.getByText('Available', { exact: true }).waitFor();
		expect(await page.getByRole('link', { name: 'Force release…' }).count()).toBe(0);
		const [last] = await getHistory(seat);
		expect(last).toMatchObject({ event: 'force-release', to: 'AVAILABLE', reason });
		const newest = page.getByRole('table', { name: 'History' }).locator('tbody tr').first();
		await newest.getByText('force release').waitFor();
		expect(await newest.innerText()).toContain(`${last?.actor ?? ''} · ${reason}`);
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		expect(auditOf(seat)).toEqual([
			{ outcome: 'done', actor: last?.actor, reason, action: 'forceRelease' }
		]);
	});

	it('is refused without a real reason, and says so', async ({ page }) => {
		const seat = await heldSeat('grace');
		await open(page, `/seats/${seat}`);
		const dialog = await askFor(page, 'Force release');
		await dialog.reason.pressSequentially('why');
		await dialog.submit();
		const complaint = await dialog.reason.evaluate(
			(field) => (field as HTMLTextAreaElement).validationMessage
		);
		expect(complaint).toMatch(/5 characters/);

		// Blanks are long enough for the browser; the server counts what is left without them.
		await dialog.reason.fill('   why   ');
		await dialog.submit();
		await dialog.refusal.waitFor();
		expect(await dialog.refusal.innerText()).toMatch(/Nothing was done.*at least 5 characters/s);
		expect((await getSeat(seat)).status).toBe('RESERVED');
		expect(auditOf(seat)).toEqual([]);

		await dialog.reason.fill(reason);
		await dialog.submit();
		await dialog.root.waitFor({ state: 'hidden' });
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
	});

	it('does nothing to a seat that changed since the page was read, and tells how', async ({
		page
	}) => {
		const seat = await heldSeat('heidi');
		await open(page, `/seats/${seat}`);
		const dialog = await askFor(page, 'Force release');
		const released = await operate('forceRelease', { seat, reason, expect: { epoch: 1 } });
		expect(released.status).toBe(200);
		await call(`Ticket/${seat}/reserve`, 'ivan');

		await dialog.reason.fill('too late for this one');
		await dialog.submit();
		await dialog.refusal.waitFor();
		expect(await dialog.refusal.innerText()).toMatch(
			/It changed since you looked.*now RESERVED at epoch 3/s
		);
		expect(await getSeat(seat)).toMatchObject({ status: 'RESERVED', reservedBy: 'ivan', epoch: 3 });
		expect(auditOf(seat).map(({ outcome }) => outcome)).toEqual(['done', 'refused']);

		// Having read what is true now, the operator decides on that.
		await dialog.root.getByText('hold of ivan').waitFor();
		await dialog.submit();
		await dialog.root.waitFor({ state: 'hidden' });
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
	});

	it('is not offered for a seat that is free or sold', async ({ page }) => {
		const free = await freshSeat();
		const sold = await freshSeat();
		const order = { ticketId: sold, userId: 'judy', paymentMethod: 'pm_card_visa' };
		await call('Checkout/checkout', order);
		for (const [seat, status] of [
			[free, 'Available'],
			[sold, 'Sold']
		] as const) {
			await open(page, `/seats/${seat}`);
			expect(await page.getByRole('main').locator('header').first().innerText()).toContain(status);
			expect(await page.getByRole('link', { name: /Force release/ }).count()).toBe(0);
		}
	});
});
