import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { loadKeys } from '../../scripts/stack/keys.ts';
import { readD1 } from '../support/d1.ts';
import { it, open } from '../support/browser.ts';
import { askFor } from '../support/pages/operation-dialog.ts';
import { runProbe } from '../support/probe.ts';
import type { Probe } from '../support/probe.ts';

const settings = inject('settings');
const reason = 'trying the probe';

describe('the deployments page', () => {
	let probe: Probe;
	beforeAll(async () => {
		probe = await runProbe(settings, loadKeys(settings.dataDir), 'kill-probe');
	});
	afterAll(() => probe.stop());

	it('shows what an address has before it registers it', async ({ page, tolerate }) => {
		tolerate(/status of 409/);
		await open(page, '/deployments');
		const address = page.getByLabel('Address of the Worker');
		const preview = page.getByRole('button', { name: 'Preview' });
		await address.fill('http://localhost:9/');
		await preview.click();
		const form = page.getByRole('region', { name: 'Register a deployment' });
		await form.getByText('unable to reach the remote endpoint').waitFor();

		await address.fill(probe.url);
		await preview.click();
		const changes = page.getByRole('list', { name: 'What it would change' });
		expect(await changes.innerText()).toMatch(/KillProbe\s+new/);
		const dialog = await askFor(page, 'Register');
		await dialog.reason.fill(reason);
		await dialog.submit();
		const card = page.getByRole('article').filter({ hasText: `${probe.url}/` });
		await card.getByText('answers in').waitFor();
		expect(await card.getAttribute('data-state')).toBe('latest');
		expect(
			readD1('SELECT actor, outcome, reason FROM audit WHERE target = ?', `${probe.url}/`)
		).toEqual([{ actor: 'local', outcome: 'done', reason }]);

		await address.fill(probe.url);
		await preview.click();
		await page.getByText('is registered already: nothing would change').waitFor();
	});
});
