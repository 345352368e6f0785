import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { it, open } from '../support/browser.ts';
import { boughtSeat, intentsOf, orderRow, paidOrder } from '../support/changes.ts';
import { refundAtGateway, refundsOf } from '../support/gateway.ts';
import { freshSeat, getSeat, ledger } from '../support/nexus.ts';
import { auditOfChange, trackedChange } from '../support/pages/change.ts';
import { askFor, submitted } from '../support/pages/operation-dialog.ts';

async function order(): Promise<{ orderId: string; seat: string; amount: number }> {
	const seat = await freshSeat();
	const orderId = await paidOrder([seat], `${randomUUID()}@example.com`);
	return { orderId, seat, amount: orderRow(orderId).amount };
}

/** An order’s money goes back from its page, in part or with what the gateway has returned. */

describe('a refund', () => {
	it('of a part is checked, and leaves the seats', async ({ page }) => {
		const { seat, orderId, paid } = await boughtSeat('rita');
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

describe('an order of which the gateway has returned money by itself', () => {
	it('has the rest refunded, and says what went back before', async ({ page }) => {
		const { orderId, seat, amount } = await order();
		await refundAtGateway(orderId, 1_000);
		await open(page, `/orders/${orderId}`);
		const dialog = await askFor(page, 'Refund order');
		await dialog.preview.getByText('€10.00 has gone back already').waitFor();
		await submitted(dialog);
		await expect.poll(async () => (await getSeat(seat)).status).toBe('AVAILABLE');
		expect(await refundsOf(orderId)).toEqual(
			[1_000, amount - 1_000].sort((one, other) => one - other)
		);
		await expect
			.poll(() => orderRow(orderId))
			.toMatchObject({ status: 'REFUNDED', refunded: amount });
	});

	it('is closed when nothing is left, which frees its seat', async ({ page }) => {
		const { orderId, seat, amount } = await order();
		await refundAtGateway(orderId);
		await open(page, `/orders/${orderId}`);
		const dialog = await askFor(page, 'Refund order');
		await dialog.preview.getByText('Nothing is left to return').waitFor();
		await dialog.root.getByLabel(/^Amount/).fill('1');
		await dialog.root.getByLabel(/^Amount/).blur();
		await dialog.root.locator('[data-refusal]').getByText('Nothing is left to refund').waitFor();
		await dialog.root.getByLabel(/^Amount/).fill('');
		await dialog.root.getByLabel(/^Amount/).blur();
		await dialog.preview.getByText('Nothing is left to return').waitFor();
		await submitted(dialog);
		await expect.poll(async () => (await getSeat(seat)).status).toBe('AVAILABLE');
		expect(await refundsOf(orderId)).toEqual([amount]);
		await expect
			.poll(() => orderRow(orderId))
			.toMatchObject({ status: 'REFUNDED', refunded: amount });
	});
});
