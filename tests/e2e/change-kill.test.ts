import { describe, expect } from 'vitest';
import type { ChangeAnswer } from '../../shared/change.ts';
import { it, open } from '../support/browser.ts';
import { cart, reason, stuckCheckout } from '../support/changes.ts';
import { call, freshSeat, getSeat, operate, withFaults } from '../support/nexus.ts';
import { settledText, trackedChange } from '../support/pages/change.ts';
import { askFor, askForMore, submitted } from '../support/pages/operation-dialog.ts';

/** A kill needs a second person, whoever asks for it. */

describe('a kill', () => {
	it('waits for somebody else, who approves it; nothing is undone by it', async ({ page }) => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503 } }, async () => {
			const checkout = call('Checkout/checkout', cart(seat, 'kim'));
			const id = await stuckCheckout(seat);
			await open(page, `/invocations/${id}`);
			const dialog = await askForMore(page, 'Kill');
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
