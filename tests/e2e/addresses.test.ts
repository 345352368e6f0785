import { describe, expect } from 'vitest';
import { readD1 } from '../support/d1.ts';
import { it, open } from '../support/browser.ts';
import { call, EVENT, freshSeat, getSeat } from '../support/nexus.ts';

const FORGOTTEN = '/invocations/inv_1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz';

describe('an address that names nothing', () => {
	it.for([
		['/seats/concert-1:NOPE-1', 404, 'Seat not known', 'has no seat'],
		['/seats/nope', 400, 'Seat cannot be shown', 'is not a seat key'],
		['/seats/concert-1:a%20b', 400, 'Seat cannot be shown', 'is not a seat key'],
		['/events/nope-1', 404, 'There is nothing here', 'No event “nope-1” is published'],
		[FORGOTTEN, 404, 'Invocation not known', 'knows no invocation'],
		['/invocations/xyz', 400, 'Invocation cannot be shown', 'is not an invocation ID'],
		['/nowhere', 404, 'There is nothing here', 'There is no page at /nowhere']
	] as const)(
		'%s shows a page that says so',
		async ([path, status, title, message], { page, tolerate }) => {
			tolerate(new RegExp(`status of ${status}`));
			expect(await open(page, path)).toBe(status);
			expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(title);
			expect(await page.getByRole('main').innerText()).toContain(message);
			await page.getByRole('main').getByRole('link', { name: 'Overview' }).click();
			await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
		}
	);
});

describe('the search box', () => {
	it('goes to whatever its ID names, from the keyboard', async ({ page }) => {
		const seat = await freshSeat();
		const order = {
			ticketId: seat,
			userId: 'mallory',
			paymentMethod: 'pm_card_visa',
			email: 'mallory@example.com'
		};
		await call('Checkout/checkout', order);
		const { checkoutId, orderId } = await getSeat(seat);
		await expect.poll(() => readD1('SELECT id FROM orders WHERE id = ?', orderId)).toHaveLength(1);
		const box = page.getByRole('searchbox', { name: /Search for a seat/ });
		await open(page, '/');
		for (const [id, path] of [
			[seat, `/seats/${seat}`],
			[checkoutId ?? '', `/invocations/${checkoutId ?? ''}`],
			[orderId ?? '', `/orders/${orderId ?? ''}`],
			[(checkoutId ?? '').slice(6, 24), `/invocations/${checkoutId ?? ''}`],
			['mallory@example.com', `/orders/${orderId ?? ''}`],
			[EVENT, `/events/${EVENT}`]
		] as const) {
			await page.keyboard.press('/');
			await box.fill(`  ${id} `);
			await page.keyboard.press('Enter');
			await page.waitForURL(`**${path}`);
			expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toContain('Search');
		}
	});

	it('says that nothing is called so, and what can be searched', async ({ page }) => {
		await open(page, '/');
		await page.getByRole('searchbox', { name: /Search for a seat/ }).fill('no such <b>thing</b>');
		await page.keyboard.press('Enter');
		await page.getByText('Nothing found for “no such <b>thing</b>”').waitFor();
	});
});
