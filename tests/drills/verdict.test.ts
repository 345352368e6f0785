import { expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../scripts/drills/drill.ts';
import type { Drill } from '../../scripts/drills/drill.ts';
import { same } from '../../scripts/drills/evidence.ts';
import { runDrill } from '../../scripts/drills/run.ts';
import { postJson } from '../../scripts/ingress.ts';

/** A drill must be able to fail: by its own evidence, by the audit, by breaking off. */

const failing: Drill = {
	name: 'failing',
	title: 'Two things go wrong',
	expected: 'both are told',
	run: async (site) => {
		const { status } = await site.buy({ ticketIds: [await site.freshSeat()], userId: 'kim' });
		// A payment that no order of ours asked for.
		const { sandbox } = site.stack.settings.urls;
		const form = 'amount=100&currency=eur&confirm=true&payment_method=pm_card_visa';
		const charge = await fetch(`${sandbox}/v1/payment_intents`, {
			method: 'POST',
			headers: {
				authorization: 'Bearer sk_test_sandbox',
				'content-type': 'application/x-www-form-urlencoded'
			},
			body: form
		});
		expect(charge.status).toBe(200);
		return [same('answer', 'status', status, 418)];
	}
};

it('fails on wrong evidence and on a broken invariant', async () => {
	const { passed, observed } = await runDrill(failing, DEFAULT_OPTIONS);
	expect(passed).toBe(false);
	expect(observed).toMatch(/✗ answer: status 200, not 418/);
	expect(observed).toMatch(/✗ audit: Each captured payment has .* an order that is unknown/);
});

it('fails, with its stack stopped, when it breaks off', async () => {
	let ingress = '';
	const breaking: Drill = {
		...failing,
		run: (site) => {
			ingress = site.stack.settings.urls.ingress;
			return Promise.reject(new Error('no such luck'));
		}
	};
	const { passed, observed } = await runDrill(breaking, DEFAULT_OPTIONS);
	expect({ passed, observed }).toMatchObject({
		passed: false,
		observed: expect.stringMatching(/broke off: no such luck/) as unknown
	});
	await expect(postJson(`${ingress}/Ticket/x/get`, undefined)).rejects.toThrow(/gave no answer/);
});
