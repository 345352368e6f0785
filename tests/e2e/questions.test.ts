import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { until } from '../../scripts/until.ts';
import { it } from '../support/browser.ts';
import { Asker } from '../support/clicks.ts';
import { WorklistSite } from '../support/worklist-site.ts';

/**
 * What ops staff ask, each from the overview: the answer itself is on screen after three clicks at
 * most. docs/OPERATIONS.md tells which screen it is.
 */

const MOST_CLICKS = 3;
const EVENT = 'concert-1';
const reason = 'asked for at the box office';
const LIVE = { timeout: 60_000 };

let site: WorklistSite;

beforeAll(async () => {
	site = await WorklistSite.start({});
});
afterAll(() => site.stack.stop());

/** Asks a question in a browser, and counts the clicks that its answer took. */
const question = (text: string, ask: (asker: Asker, page: Page) => Promise<void>): void => {
	it(text, LIVE, async ({ page, tolerate }) => {
		tolerate(new RegExp(`^asked another site: ${site.console}/`));
		const asker = await Asker.at(page, site.console);
		await ask(asker, page);
		expect(asker.clicks, 'clicks from the overview').toBeLessThanOrEqual(MOST_CLICKS);
	});
};

const itemOf = (page: Page, kind: string, about: string) =>
	page.locator(`[data-item="${kind}:${about}"]`);

/** A seat that its paid order has lost, as a bug or a hand in the store could have it. */
async function lost(userId: string): Promise<{ seat: string; orderId: string }> {
	const { seat, orderId } = await site.bought(userId);
	const before = await site.records.seat(seat);
	await site.editSeat(seat, {
		...before,
		...{ status: 'AVAILABLE', orderId: null, epoch: before.epoch + 1, changedAt: 1 }
	});
	return { seat, orderId };
}

describe('three clicks at most lead to the answer of', () => {
	question(
		'1: the customer paid and has no ticket: where are money, seat and workflow step?',
		async (asker, page) => {
			await lost('ann');
			await asker.search('ann@example.com');
			const verdict = page.getByRole('region', { name: 'Verdict' });
			await verdict.getByText(/Paid €[\d.]+, 1 of 1 seat not the buyer’s/).waitFor();
			const said = await verdict.innerText();
			expect(said).toMatch(/The gateway says: €[\d.]+ captured/);
			expect(said).toMatch(/Not sold to this order: .* is free/);
			expect(said).toMatch(/The checkout has completed/);
		}
	);

	question(
		'2: which seats are held, by whom, until when, and which holds have no live checkout?',
		async (asker, page) => {
			const seat = await site.freshSeat();
			await site.call(`Ticket/${seat}/reserve`, 'ben');
			await site.breakGateway({ payments: { status: 503 } });
			const orphan = await site.freshSeat();
			const { invocationId, orderId } = await site.begin({ ticketIds: [orphan], userId: 'cai' });
			await site.appears('stalled', orderId);
			await site.admin(invocationId, 'kill');
			await site.mendGateway();
			await asker.click(
				page.getByRole('table', { name: 'Events' }).getByRole('link', { name: /Opening Night/ })
			);
			const stuck = page.getByRole('region', { name: 'Seats that need attention' });
			await stuck.getByText(/checkout was killed/).waitFor(LIVE);
			expect(await stuck.innerText()).toMatch(/no checkout.*left.*held by\s+cai/s);
			await asker.click(
				page.getByRole('group', { name: 'Seats as' }).locator('label').filter({ hasText: 'Table' })
			);
			expect(await heldNow(page)).toBeGreaterThanOrEqual(2);
			const { epoch } = await site.records.seat(orphan);
			await site.operate('forceRelease', { seat: orphan, reason, expect: { epoch } });
		}
	);

	question(
		'3: if I release this now, what happens to that customer and that charge?',
		async (asker, page) => {
			const seat = await site.freshSeat();
			await site.call(`Ticket/${seat}/reserve`, 'dee');
			await asker.search(seat);
			await asker.click(page.getByRole('link', { name: 'Force release…' }));
			const effects = page.getByRole('dialog').getByRole('list', { name: 'What it does' });
			await effects.getByText(/The hold of dee ends/).waitFor();
			expect(await effects.innerText()).toMatch(/no payment is touched.*dee is not told/s);
		}
	);

	question('4: which payments have no seat?', async (asker, page) => {
		const { orderId } = await lost('eve');
		await site.appears('seat-missing', orderId);
		await asker.menu(/^Worklist/);
		await asker.click(
			page.getByRole('navigation', { name: 'Kind' }).getByRole('link', { name: /^Paid, seats/ })
		);
		const item = itemOf(page, 'seat-missing', `order:${orderId}`);
		await item.getByText('The buyer has paid, and 1 seat of 1 is not theirs.').waitFor();
		expect(await item.innerText()).toMatch(/At stake\s+€[\d.]+/);
	});

	question('5: is any seat sold twice? prove zero', async (asker, page) => {
		await site.bought('flo');
		await asker.menu(/^Worklist/);
		const said = page.getByText(/sold seats compared with their orders/);
		await expect
			.poll(async () => /^([\d,]+) sold seats/.exec(await said.innerText())?.[1], LIVE)
			.toMatch(/[1-9]/);
		expect(await said.innerText()).toMatch(
			/last full round began (just now|.* ago)\..*No seat is sold twice\./s
		);
	});

	question(
		'6: what is not progressing, at which step, with which error, since when?',
		async (_, page) => {
			await site.breakGateway({ payments: { status: 503 } });
			const seat = await site.freshSeat();
			const { answer } = await site.begin({ ticketIds: [seat], userId: 'gus' });
			const row = page
				.getByRole('table', { name: 'Invocations that do not progress' })
				.getByRole('row')
				.filter({ hasText: seat });
			await row.waitFor(LIVE);
			expect(await row.innerText()).toMatch(/Backing off.*Checkout.*Authorise payment.*503/s);
			await site.mendGateway();
			expect(await answer).toMatchObject({ status: 200 });
		}
	);

	question('7: what fails right now, per step?', async (asker, page) => {
		const purchase = { ticketIds: [await site.freshSeat()], userId: 'hal' };
		await site.buy({ ...purchase, paymentMethod: 'pm_card_chargeDeclined' });
		const steps = page.getByRole('table', { name: 'Failures per step in the last 5 minutes' });
		const authorise = steps.getByRole('row').filter({ hasText: 'Authorise' });
		await expect.poll(() => authorise.innerText(), LIVE).toMatch(/Authorise\s+[\d–]+\s+[1-9]/);
		await asker.click(authorise.getByRole('link'));
		await page
			.getByRole('table', { name: 'Failures at Authorise' })
			.getByText(/declined/)
			.first()
			.waitFor();
	});

	question('8: which refunds are pending or failed?', async (asker, page) => {
		const { orderId } = await site.bought('ira');
		await site.breakGateway({ payments: { status: 503 } });
		const refunding = site.operate('refundOrder', {
			...{ orderId, reason, expect: { status: 'CONFIRMED' } }
		});
		const pending = async () =>
			(await site.worklist('kind=refund')).items.some(({ why }) => /Refund payment/.test(why));
		await until('the refund to be listed', pending);
		await asker.menu(/^Worklist/);
		await asker.click(
			page.getByRole('navigation', { name: 'Kind' }).getByRole('link', { name: /^Refund not/ })
		);
		await page.getByText(/The return of the money has failed .* “Refund payment”/).waitFor();
		await site.mendGateway();
		await refunding;
	});

	question('9: did the e-mail go out, can I resend safely?', async (asker, page) => {
		const { orderId } = await site.bought('joy');
		await asker.search(orderId);
		await page
			.getByRole('region', { name: 'Verdict' })
			.getByText(/The confirmation mail was sent/)
			.waitFor(LIVE);
		await asker.click(page.getByRole('link', { name: 'Resend mail…' }));
		const effects = page.getByRole('dialog').getByRole('list', { name: 'What it does' });
		await effects.getByText(/goes to joy@example.com/).waitFor();
		expect(await effects.innerText()).toMatch(
			/One went out before.*Neither money nor seats are touched/s
		);
	});

	question('10: who did what, and why?', async (asker, page) => {
		const seat = await site.freshSeat();
		await site.call(`Ticket/${seat}/reserve`, 'kit');
		const { epoch } = await site.records.seat(seat);
		const released = await site.operate('forceRelease', { seat, reason, expect: { epoch } });
		expect(released).toMatchObject({ status: 200 });
		await asker.menu(/^Audit/);
		const record = page
			.getByRole('list', { name: 'Audit records, newest first' })
			.getByRole('listitem')
			.filter({ hasText: seat });
		await record.waitFor();
		expect(await record.innerText()).toMatch(/drill.*asked for at the box office/s);
	});

	question(
		'11: occupancy by section, hold-to-paid conversion, holds about to expire',
		async (asker, page) => {
			await site.bought('lea');
			await asker.click(
				page.getByRole('table', { name: 'Events' }).getByRole('link', { name: /Opening Night/ })
			);
			await page.waitForURL(`**/events/${EVENT}`);
			const panel = (name: string) => page.getByRole('region', { name, exact: true });
			await panel('By section').getByText(/%/).first().waitFor(LIVE);
			await panel('Checkout funnel').getByText(/%/).first().waitFor(LIVE);
			await panel('Expiring holds').getByText(/hold/i).first().waitFor(LIVE);
		}
	);
});

/** The held seats by the table of all seats: its sections' numbers added up. */
async function heldNow(page: Page): Promise<number> {
	const cells = page
		.getByRole('table', { name: 'Seats by section and row' })
		.locator('tbody tr td:nth-child(3)');
	await cells.first().waitFor();
	const numbers = await cells.allTextContents();
	return numbers.reduce((sum, text) => sum + (Number(text.replaceAll(/\D/g, '')) || 0), 0);
}
