import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import type { ChangeAnswer } from '../../shared/change.ts';
import { orderIdOf } from '../../shared/order.ts';
import type { CheckoutResult } from '../../worker/checkout.ts';
import { it, open } from '../support/browser.ts';
import { readD1 } from '../support/d1.ts';
import {
	call,
	EVENT,
	freshSeat,
	getSeat,
	ledger,
	operate,
	query,
	withFaults
} from '../support/nexus.ts';
import { auditOfChange, settledText, trackedChange } from '../support/pages/change.ts';
import { askFor } from '../support/pages/operation-dialog.ts';
import type { OperationDialog } from '../support/pages/operation-dialog.ts';

/** Each change from its page: what was shown is held against what then really happened. */

const reason = 'ticket ops: agreed with the buyer';

const cart = (seat: string, userId: string) => ({
	...{ ticketId: seat, userId, paymentMethod: 'pm_card_visa' },
	email: `${userId}@example.com`
});

async function buy(userId: string): Promise<{ seat: string; orderId: string; paid: number }> {
	const seat = await freshSeat();
	const { body } = await call<CheckoutResult>('Checkout/checkout', cart(seat, userId));
	await expect
		.poll(() => readD1('SELECT id FROM orders WHERE id = ? AND mail_id IS NOT NULL', body.orderId))
		.toHaveLength(1);
	const [intent] = await intentsOf(seat);
	return { seat, orderId: body.orderId, paid: intent?.amount_received ?? 0 };
}

const intentsOf = async (seat: string) =>
	(await ledger()).intents.filter(({ metadata }) => metadata['seats'] === seat);

/** The checkout that holds a seat, once it waits between two attempts at a step. */
async function stuckCheckout(seat: string): Promise<string> {
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
async function pausedCheckout(seat: string): Promise<string> {
	const id = (await getSeat(seat)).checkoutId ?? '';
	const { admin } = inject('settings').urls;
	expect((await fetch(`${admin}/invocations/${id}/pause`, { method: 'PATCH' })).ok).toBe(true);
	await expect
		.poll(() => query(`SELECT id FROM sys_invocation WHERE id = '${id}' AND status = 'paused'`))
		.toHaveLength(1);
	return id;
}

async function submitted(dialog: OperationDialog): Promise<void> {
	await dialog.preview.waitFor();
	await dialog.reason.fill(reason);
	await dialog.submit();
	await dialog.root.waitFor({ state: 'hidden' });
}

const clearFaults = () =>
	fetch(`${inject('settings').urls.sandbox}/__faults`, { method: 'DELETE' });

async function acts(page: Page, label: string): Promise<OperationDialog> {
	await page.getByRole('button', { name: 'More', exact: true }).click();
	return askFor(page, label);
}

describe('cancelling a checkout', () => {
	it('shows what it undoes, counts down, undoes just that, and says when it has', async ({
		page
	}) => {
		const seat = await freshSeat();
		// The authorisation is made, its answer is lost, and nobody asks again.
		const lost = { payments: { dropAfterCommit: true, delayMs: 2_000 } };
		await withFaults(lost, async () => {
			const checkout = call('Checkout/checkout', cart(seat, 'cara'));
			await expect.poll(() => intentsOf(seat)).toHaveLength(1);
			const id = await pausedCheckout(seat);
			await clearFaults();
			await open(page, `/orders/${orderIdOf(id)}`);
			const dialog = await askFor(page, 'Cancel checkout');
			await dialog.preview.waitFor();
			const shown = await dialog.preview.innerText();
			const [intent] = await intentsOf(seat);
			expect(intent?.status).toBe('requires_capture');
			expect(shown).toContain(`1 seat comes free: ${seat.split(':')[1] ?? ''}.`);
			expect(shown).toMatch(/The authorisation of €[\d.]+ is voided/);
			expect(shown).toContain('cara is told by mail to cara@example.com.');
			await submitted(dialog);

			const changeId = await trackedChange(page, 'counting-down');
			await page.locator(`[data-change="${changeId}"][data-status="done"]`).waitFor();
			expect((await checkout).status).toBe(409);
			await page
				.locator(`[data-change="${changeId}"]`)
				.getByText('The compensation has finished')
				.waitFor();
			await open(page, `/changes/${changeId}`);
			expect(await settledText(page)).toMatch(/The compensation has finished/);
			await page.getByRole('link', { name: 'Checkout.checkout' }).waitFor();
			const [record] = await auditOfChange(changeId);
			expect(record).toMatchObject({ action: 'cancelCheckout', outcome: 'done' });
			for (const sentence of JSON.parse(record?.preview ?? '[]') as string[])
				expect(shown).toContain(sentence);
		});
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		expect((await intentsOf(seat)).map(({ status }) => status)).toEqual(['canceled']);
		await expect
			.poll(async () => (await ledger()).emails.filter(({ to }) => to[0] === 'cara@example.com'))
			.toMatchObject([{ subject: expect.stringContaining('not completed') as unknown }]);
	});

	it('is withdrawn within its countdown, and nothing is done', async ({ page }) => {
		const { orderId } = await buy('cleo');
		const mails = async () =>
			(await ledger()).emails.filter(({ to }) => to[0] === 'cleo@example.com').length;
		await open(page, `/orders/${orderId}`);
		await submitted(await askFor(page, 'Resend mail'));
		const changeId = await trackedChange(page, 'counting-down');
		await page.getByRole('button', { name: 'Undo' }).click();
		await page.locator(`[data-change="${changeId}"][data-status="undone"]`).waitFor();
		await open(page, `/changes/${changeId}`);
		expect(await settledText(page)).toMatch(/Undone by .* before anything was done/);
		expect(await mails()).toBe(1);

		await open(page, `/orders/${orderId}`);
		await submitted(await askFor(page, 'Resend mail'));
		await expect.poll(mails).toBe(2);
	});
});

describe('a refund', () => {
	it('of a part is checked, and leaves the seats', async ({ page }) => {
		const { seat, orderId, paid } = await buy('rita');
		await open(page, `/orders/${orderId}`);
		const dialog = await askFor(page, 'Refund order');
		const amount = dialog.root.getByLabel('Amount');
		await amount.fill('9999999');
		await amount.press('Tab');
		await dialog.root
			.locator('[data-refusal]')
			.getByText(/Only €[\d.]+ is left/)
			.waitFor();
		await amount.fill('5');
		await amount.press('Tab');
		await dialog.preview.getByText(/^€5\.00 of €[\d.]+ goes back/).waitFor();
		await dialog.preview.getByText('1 seat stays sold to rita').waitFor();
		await submitted(dialog);
		const changeId = await trackedChange(page, 'done');
		expect((await ledger()).refunds.filter(({ amount: sum }) => sum === 500)).toHaveLength(1);
		expect((await getSeat(seat)).status).toBe('SOLD');
		const [record] = await auditOfChange(changeId);
		expect(record?.preview).toContain('€5.00 of');
		const [intent] = await intentsOf(seat);
		expect(intent?.amount_received).toBe(paid);
	});
});

describe('a hold', () => {
	it('is extended from its seat’s page, and that is undone', async ({ page }) => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, { userId: 'hope', holdForMs: 120_000 });
		const before = (await getSeat(seat)).reservedUntil ?? 0;
		await open(page, `/seats/${seat}`);
		const dialog = await askFor(page, 'Extend hold');
		await dialog.root.getByLabel('Minutes more').fill('7');
		await dialog.root.getByLabel('Minutes more').press('Tab');
		const end = new Date(before + 7 * 60_000).toISOString().slice(0, 19).replace('T', ' ');
		await dialog.preview.getByText(`The hold of hope ends at ${end} UTC`).waitFor();
		await submitted(dialog);
		const changeId = await trackedChange(page, 'done');
		expect((await getSeat(seat)).reservedUntil).toBe(before + 7 * 60_000);

		await open(page, `/changes/${changeId}`);
		await page.getByRole('button', { name: 'Undo…' }).click();
		const undo = page.getByRole('dialog');
		await undo.getByLabel('Reason').fill('the wrong seat');
		await undo.getByRole('button', { name: 'Undo', exact: true }).click();
		await page.getByRole('main').getByText('Undone', { exact: true }).first().waitFor();
		expect((await getSeat(seat)).reservedUntil).toBe(before);
	});
});

describe('a sale', () => {
	it('is paused and resumed from its event’s page', async ({ page }) => {
		const [seat, other] = [await freshSeat(), await freshSeat()];
		await open(page, `/events/${EVENT}`);
		const pause = await askFor(page, 'Pause sale');
		await pause.preview.getByText('answered 503').waitFor();
		await submitted(pause);
		await trackedChange(page, 'done');
		await expect.poll(async () => (await call(`Ticket/${seat}/reserve`, 'sam')).status).toBe(503);
		await submitted(await askFor(page, 'Resume sale'));
		await expect.poll(async () => (await call(`Ticket/${other}/reserve`, 'sam')).status).toBe(200);
	});
});

describe('a kill', () => {
	it('waits for somebody else, who approves it; nothing is undone by it', async ({ page }) => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503 } }, async () => {
			const checkout = call('Checkout/checkout', cart(seat, 'kim'));
			const id = await stuckCheckout(seat);
			await open(page, `/invocations/${id}`);
			const dialog = await acts(page, 'Kill');
			await dialog.preview.getByText('NO compensation runs').waitFor();
			await dialog.preview.getByText(/Stays held: .*The seats’ own timers free them at/).waitFor();
			await dialog.preview.getByText(/the session of kim looks after the order/).waitFor();
			await dialog.root.locator('[data-approval]').waitFor();
			await submitted(dialog);
			const changeId = await trackedChange(page, 'awaiting-approval');

			await open(page, '/changes');
			await page
				.getByRole('navigation', { name: 'Main' })
				.getByText(/awaiting approval/)
				.waitFor();
			const waiting = page.getByRole('table', { name: 'Awaiting approval' });
			await waiting.getByRole('link', { name: 'Kill' }).first().waitFor();
			await open(page, `/changes/${changeId}`);
			await page.getByText('You asked for this yourself').waitFor();
			expect(await page.getByRole('button', { name: 'Approve…' }).count()).toBe(0);
			expect((await getSeat(seat)).status).toBe('RESERVED');

			const decision = { changeId, approve: true, reason, expect: { status: 'awaiting-approval' } };
			expect((await operate('approve', decision, 'approver')).status).toBe(200);
			expect(await settledText(page)).toMatch(/killed/i);
			expect((await checkout).status).toBe(409);
		});
		expect(await getSeat(seat)).toMatchObject({ status: 'RESERVED', reservedBy: 'kim' });
	});

	it('that somebody else asked for is approved, or turned down, on its page', async ({ page }) => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503 } }, async () => {
			const checkout = call('Checkout/checkout', cart(seat, 'kit'));
			const invocationId = await stuckCheckout(seat);
			const kill = { invocationId, act: 'kill', reason, expect: { status: 'backing-off' } };
			const propose = async () =>
				(await operate<ChangeAnswer>('invocation', kill, 'operator')).body.changeId;

			await open(page, `/changes/${await propose()}`);
			const no = await askFor(page, 'Reject');
			await no.reason.fill('cancel it instead');
			await no.submit();
			expect(await settledText(page)).toMatch(/Rejected: cancel it instead/);

			await open(page, `/changes/${await propose()}`);
			const yes = await askFor(page, 'Approve');
			await yes.root.getByText(/It is void if that is no longer so/).waitFor();
			await yes.reason.fill('nothing else helps');
			await yes.submit();
			expect(await settledText(page)).toMatch(/killed/i);
			await checkout;
		});
	});
});

describe('an invocation', () => {
	it('is paused, resumed and tried again, purged and restarted', async ({ page }) => {
		const seat = await freshSeat();
		const status = async (id: string) =>
			(await query<{ status: string }>(`SELECT status FROM sys_invocation WHERE id = '${id}'`))[0]
				?.status;
		await withFaults({ payments: { status: 503 } }, async () => {
			const checkout = call<CheckoutResult>('Checkout/checkout', cart(seat, 'ines'));
			const id = await stuckCheckout(seat);
			await open(page, `/invocations/${id}`);
			const pause = await acts(page, 'Pause');
			await pause.preview.getByText('makes no further attempt').waitFor();
			await submitted(pause);
			await expect.poll(() => status(id)).toBe('paused');

			await submitted(await askFor(page, 'Resume'));
			await expect.poll(() => status(id)).not.toBe('paused');
			await page.getByRole('link', { name: 'Retry now…' }).waitFor();
			const retry = await askFor(page, 'Retry now');
			await retry.preview.getByText('is tried again at once').waitFor();
			await submitted(retry);
			await clearFaults();
			expect((await checkout).status).toBe(200);
		});

		const [reserve] = await query<{ id: string }>(
			`SELECT id FROM sys_invocation_status WHERE target_service_name = 'Ticket'
				AND target_service_key = '${seat}' AND target_handler_name = 'confirm' LIMIT 1`
		);
		const confirmed = reserve?.id ?? '';
		await open(page, `/invocations/${confirmed}`);
		const restart = await acts(page, 'Restart');
		await restart.preview.getByText('A new invocation of Ticket.confirm begins').waitFor();
		await submitted(restart);
		const changeId = await trackedChange(page, 'done');
		await open(page, `/changes/${changeId}`);
		await expect
			.poll(() =>
				page.getByRole('table', { name: 'What follows from it' }).locator('tbody tr').count()
			)
			.toBe(2);

		await open(page, `/invocations/${confirmed}`);
		await submitted(await acts(page, 'Purge'));
		await expect.poll(() => status(confirmed)).toBeUndefined();
	});
});

describe('the same without scripts', () => {
	it('is a page of its own, which leads to the change', async ({ page }) => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'nora');
		const context = await page.context().browser()?.newContext({ javaScriptEnabled: false });
		if (!context) throw new Error('no browser');
		const plain = await context.newPage();
		await plain.goto(`${inject('settings').urls.console}/seats/${seat}`);
		await plain.getByRole('link', { name: 'Force release…' }).click();
		await plain.getByText('The hold of nora ends').waitFor();
		await plain.getByLabel('Reason').fill(reason);
		await plain.getByRole('button', { name: 'Force release' }).click();
		await plain.waitForURL('**/changes/chg_*');
		await plain.getByText('Done', { exact: true }).first().waitFor();
		await context.close();
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
	});
});
