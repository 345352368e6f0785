import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { it, open } from '../support/browser.ts';
import { orderRow, paidOrder } from '../support/changes.ts';
import { refundAtGateway, refundsOf } from '../support/gateway.ts';
import { freshSeat, getSeat } from '../support/nexus.ts';
import { askFor } from '../support/pages/operation-dialog.ts';

const reason = 'the buyer cannot come';

async function order(): Promise<{ orderId: string; seat: string; amount: number }> {
	const seat = await freshSeat();
	const orderId = await paidOrder([seat], `${randomUUID()}@example.com`);
	return { orderId, seat, amount: orderRow(orderId).amount };
}

describe('an order of which the gateway has returned money by itself', () => {
	it('has the rest refunded, and says what went back before', async ({ page }) => {
		const { orderId, seat, amount } = await order();
		await refundAtGateway(orderId, 1_000);
		await open(page, `/orders/${orderId}`);
		const dialog = await askFor(page, 'Refund order');
		await dialog.preview.getByText('€10.00 has gone back already').waitFor();
		await dialog.reason.fill(reason);
		await dialog.submit();
		await dialog.root.waitFor({ state: 'hidden' });
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
		await dialog.reason.fill(reason);
		await dialog.submit();
		await dialog.root.waitFor({ state: 'hidden' });
		await expect.poll(async () => (await getSeat(seat)).status).toBe('AVAILABLE');
		expect(await refundsOf(orderId)).toEqual([amount]);
		await expect
			.poll(() => orderRow(orderId))
			.toMatchObject({ status: 'REFUNDED', refunded: amount });
	});
});
