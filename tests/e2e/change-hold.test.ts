import { describe, expect, inject } from 'vitest';
import { it, open } from '../support/browser.ts';
import { reason } from '../support/changes.ts';
import { call, EVENT, freshSeat, getSeat } from '../support/nexus.ts';
import { trackedChange } from '../support/pages/change.ts';
import { askFor, submitted } from '../support/pages/operation-dialog.ts';

/** Holds and sales are changed from their pages, and without scripts as well. */

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
