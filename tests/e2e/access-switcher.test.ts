import { describe, expect } from 'vitest';
import { it, open } from '../support/browser.ts';
import { call, freshSeat } from '../support/nexus.ts';

describe('the switcher of a local console', () => {
	it('plays a role, and shows what it may and what it sees', async ({ page }) => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'switcheroo');
		await open(page, `/seats/${seat}`);
		const sidebar = page.getByRole('complementary', { name: 'Sidebar' });
		const choice = sidebar.getByLabel('Act as');
		const release = page.getByRole('link', { name: 'Force release…' });
		await release.waitFor();
		expect(await page.getByRole('main').innerText()).toContain('switcheroo');

		await choice.selectOption('viewer, masked');
		await sidebar.getByText('local-viewer').waitFor();
		await sidebar.getByText('personal data is masked').waitFor({ state: 'attached' });
		expect(new URL(page.url()).pathname).toBe(`/seats/${seat}`);
		expect(await release.count()).toBe(0);
		expect(await page.content()).not.toContain('switcheroo');

		await choice.selectOption('operator, sees all');
		await sidebar.getByText('local-operator').waitFor();
		await release.waitFor();
		expect(await page.getByRole('main').innerText()).toContain('switcheroo');

		await choice.selectOption('local (admin)');
		await sidebar.getByText('local', { exact: true }).first().waitFor();
		expect(await page.context().cookies()).not.toContainEqual(
			expect.objectContaining({ name: 'nexus-as' })
		);
	});
});
