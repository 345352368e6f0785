import { afterAll, beforeAll, describe, expect } from 'vitest';
import { it } from '../support/browser.ts';
import { call, EVENT, freshSeat, getSeat } from '../support/nexus.ts';
import { startOtherConsole } from '../support/other-console.ts';
import type { OtherConsole } from '../support/other-console.ts';
import { addressOf, readRoutes } from '../support/routes.ts';

/** The switch that takes every change out of a console. */

let site: OtherConsole;
let seat: string;
beforeAll(async () => {
	site = await startOtherConsole('console-read-only', {
		NEXUS_MODE: 'local',
		NEXUS_READ_ONLY: '1'
	});
	seat = await freshSeat();
	await call(`Ticket/${seat}/reserve`, 'alice');
});
afterAll(() => site.stop());

describe('a read-only console', () => {
	it('makes no change, whoever asks', async () => {
		const samples = {
			...{ event: EVENT, seat, order: 'ord_1aaaaaaaa', invocation: 'inv_1aaaaaaaa' },
			change: 'chg_1aaaaaaaa'
		};
		const { epoch } = await getSeat(seat);
		for (const route of await readRoutes())
			for (const action of [...route.actions.map((name) => `?/${name}`), ''])
				for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
					const response = await fetch(`${site.url}${addressOf(route, samples)}${action}`, {
						method,
						headers: { origin: site.url, accept: 'application/json' },
						body: new URLSearchParams({
							...{ reason: 'read-only test', intentId: crypto.randomUUID(), epoch: String(epoch) }
						})
					});
					expect(response.status, `${method} ${route.id}${action}`).toBe(403);
					expect(await response.text()).toContain('read-only');
				}
		expect((await getSeat(seat)).epoch).toBe(epoch);
	});

	it('says so on every page and offers nothing to press', async ({ page, tolerate }) => {
		tolerate(/asked another site/);
		await page.goto(`${site.url}/seats/${seat}`);
		await page.getByText('This console is read only').waitFor();
		expect(await page.getByRole('button', { name: /…$/ }).count()).toBe(0);
		expect(await page.getByLabel('Act as').count()).toBe(0);
		expect(await page.getByText('viewer').first().isVisible()).toBe(true);
	});
});
