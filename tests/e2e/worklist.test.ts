import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { IDENTITY_COOKIE } from '../../console/lib/local-identity.ts';
import type { Worklist } from '../../console/lib/worklist/worklist.ts';
import { it, numberIn, open } from '../support/browser.ts';
import { readD1 } from '../support/d1.ts';
import { editSeat, lapsedHold } from '../support/edit-seat.ts';
import { freshSeat, operate } from '../support/nexus.ts';

/** The list reads itself again every few seconds. */
const LIVE = { timeout: 30_000 };
const { urls } = inject('settings');
const reason = 'the box office knows of it';

/** A seat whose hold has lapsed: something that needs a person. */
async function lapsedSeat(holder: string): Promise<string> {
	const seat = await freshSeat();
	await editSeat(urls.admin, seat, lapsedHold(holder, 60_000));
	return seat;
}

const itemOf = (page: Page, seat: string) => page.locator(`[data-item="lapsed:seat:${seat}"]`);

async function unfolded(page: Page, seat: string) {
	const item = itemOf(page, seat);
	await item.waitFor(LIVE);
	// It stays unfolded through a filter.
	const fold = item.locator('details').first();
	if ((await fold.getAttribute('open')) === null) await item.locator('summary').first().click();
	return item;
}

const marksOf = (seat: string) =>
	readD1<{ act: string; actor: string; role: string; assignee: string | null; reason: string }>(
		'SELECT act, actor, role, assignee, reason FROM worklist_marks WHERE item = ? ORDER BY seq',
		`lapsed:seat:${seat}`
	);

async function listed(seat: string, query = '', identity = ''): Promise<Worklist['items'][number]> {
	const find = async () => {
		const response = await fetch(`${urls.console}/worklist/data?${query}`, {
			headers: { cookie: `${IDENTITY_COOKIE}=${identity}` }
		});
		const { items } = (await response.json()) as Worklist;
		return items.find(({ about }) => about.id === seat);
	};
	await expect.poll(find).toBeDefined();
	return (await find()) as Worklist['items'][number];
}

describe('the worklist', () => {
	it('says what needs a person and why, counts it in the menu, and lets go of it by itself', async ({
		page
	}) => {
		const seat = await lapsedSeat('wanda');
		await open(page, '/worklist');
		const item = await unfolded(page, seat);
		expect(await item.innerText()).toMatch(
			/Hold past its time.*The hold has lapsed, and its timer did not free the seat.*wanda/s
		);
		const menu = page.getByRole('navigation', { name: 'Main' }).getByRole('link', {
			name: /^Worklist/
		});
		await expect.poll(async () => numberIn(await menu.innerText()), LIVE).toBeGreaterThan(0);
		expect(await item.getByRole('link', { name: seat }).first().getAttribute('href')).toBe(
			`/seats/${seat}`
		);
		await operate('forceRelease', { seat, reason, expect: { epoch: 1 } });
		await item.waitFor({ ...LIVE, state: 'detached' });
	});

	it('is assigned, given to another, and found by whom it is assigned to', async ({ page }) => {
		const seat = await lapsedSeat('xenia');
		await open(page, '/worklist');
		const item = await unfolded(page, seat);
		await item.getByRole('button', { name: 'Assign to me' }).click();
		await item.getByText('assigned it to local').waitFor();
		await page.getByLabel('Assigned to').selectOption('me');
		await page.waitForURL((url) => url.searchParams.get('assignee') === 'me');
		await unfolded(page, seat);
		await item.getByLabel('Assign to').fill('Yoko');
		await item.getByRole('button', { name: 'Assign', exact: true }).click();
		await item.waitFor({ ...LIVE, state: 'detached' });
		await open(page, '/worklist?assignee=Yoko');
		await item.waitFor(LIVE);
		expect(marksOf(seat)).toMatchObject([
			{ act: 'assign', actor: 'local', role: 'admin', assignee: 'local' },
			{ act: 'assign', assignee: 'Yoko' }
		]);
	});

	it('is snoozed for a while with a reason, and opened again', async ({ page }) => {
		const seat = await lapsedSeat('yves');
		await open(page, '/worklist');
		const item = await unfolded(page, seat);
		await item.getByLabel('Snooze for').selectOption('15');
		await item.getByLabel('Why it is snoozed').fill(reason);
		await item.getByRole('button', { name: 'Snooze' }).click();
		await item.waitFor({ ...LIVE, state: 'detached' });
		await page.getByLabel('Which items').selectOption('aside');
		await page.waitForURL((url) => url.searchParams.get('shown') === 'aside');
		await unfolded(page, seat);
		expect(await item.innerText()).toMatch(
			/Snoozed, back\s+in 1[45]m.*the box office knows of it/s
		);
		await item.getByRole('button', { name: 'Open it again' }).click();
		await item.waitFor({ ...LIVE, state: 'detached' });
		expect(marksOf(seat).map(({ act }) => act)).toEqual(['snooze', 'reopen']);
	});

	it('is resolved with a reason, and comes back when its evidence changes', async ({ page }) => {
		const seat = await lapsedSeat('zoe');
		await open(page, '/worklist');
		const item = await unfolded(page, seat);
		await item.getByLabel('Why it is resolved').fill(reason);
		await item.getByRole('button', { name: 'Resolve' }).click();
		await item.waitFor({ ...LIVE, state: 'detached' });
		expect((await listed(seat, 'shown=all')).standing.state).toBe('resolved');
		await editSeat(urls.admin, seat, lapsedHold('zoe', 30_000));
		await item.waitFor(LIVE);
		await item.getByText(/local called it resolved .*its evidence has changed since/).waitFor();
	});

	it('is filtered by kind and event in its address, and refuses what it does not know', async ({
		page,
		tolerate
	}) => {
		const seat = await lapsedSeat('abel');
		await open(page, '/worklist?kind=lapsed&event=concert-1');
		await itemOf(page, seat).waitFor(LIVE);
		await open(page, '/worklist?kind=lapsed&event=nowhere');
		await page.getByText('Nothing matches').waitFor();
		expect(await itemOf(page, seat).count()).toBe(0);
		tolerate(/status of 400/);
		expect((await page.goto('/worklist?kind=lost'))?.status()).toBe(400);
		await page.getByText('"lost" is not a kind of work').waitFor();
	});

	it('is a file, with the filter of the page', async () => {
		const seat = await lapsedSeat('=cmd');
		await listed(seat);
		const response = await fetch(`${urls.console}/worklist/csv?kind=lapsed`);
		expect(response.headers.get('content-disposition')).toMatch(/worklist-.*\.csv/);
		const lines = (await response.text()).trim().split('\r\n');
		expect(lines[0]).toMatch(/^item,kinds,what,why,since/);
		const line = lines.find((each) => each.includes(seat)) ?? '';
		expect(line).toContain(`lapsed:seat:${seat},lapsed,Hold past its time,`);
		// A spreadsheet must not take a buyer's name for a formula.
		expect(line).toContain(`'=cmd`);
	});
});

describe('what is said of an item', () => {
	async function send(
		act: string,
		seat: string,
		{ identity = '', origin = urls.console, ...fields }: Record<string, string> = {}
	) {
		const item = await listed(seat, 'shown=all');
		return fetch(`${urls.console}/worklist?/${act}`, {
			method: 'POST',
			headers: { accept: 'text/html', origin, cookie: `${IDENTITY_COOKIE}=${identity}` },
			body: new URLSearchParams({ item: item.id, fingerprint: item.fingerprint, ...fields })
		});
	}

	it('is taken without any script, and refused with what was wrong', async () => {
		const seat = await lapsedSeat('bela');
		const done = await send('assign', seat, { assignee: 'me', identity: 'operator' });
		expect(done.status).toBe(200);
		expect(await done.text()).toContain('local-operator');
		const refused = await send('resolve', seat, { reason: 'no' });
		expect(refused.status).toBe(400);
		expect(await refused.text()).toContain('at least 5 characters');
		expect(marksOf(seat)).toMatchObject([{ act: 'assign', role: 'operator' }]);
	});

	it.each([
		['a viewer', { identity: 'viewer' }],
		['another site’s page', { origin: 'https://evil.example' }]
	])('is refused to %s', async (_, who) => {
		const seat = await lapsedSeat('cleo');
		expect((await send('resolve', seat, { reason, ...who })).status).toBe(403);
		expect(marksOf(seat)).toEqual([]);
	});

	it('is refused of what is found no more, and of what has changed since', async () => {
		const seat = await lapsedSeat('dino');
		const stale = await send('resolve', seat, { reason, fingerprint: 'of yesterday' });
		expect(stale.status).toBe(409);
		const gone = await send('resolve', seat, { reason, item: 'lapsed:seat:concert-1:NOPE' });
		expect(gone.status).toBe(409);
		expect(marksOf(seat)).toEqual([]);
	});

	it('names no buyer to who may not see them', async () => {
		const seat = await lapsedSeat('eleonore');
		const item = await listed(seat, '', 'viewer-masked');
		expect(JSON.stringify(item)).not.toContain('eleonore');
		expect((await listed(seat)).buyer).toEqual(['eleonore']);
	});
});
