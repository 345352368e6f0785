import { beforeAll, describe, expect, inject } from 'vitest';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import { generateVenue } from '../../scripts/venue/generate.ts';
import { it, open } from '../support/browser.ts';
import { plantBuyer } from '../support/buyer.ts';
import type { Planted } from '../support/buyer.ts';
import { call, operate } from '../support/nexus.ts';

/** Script in every field that somebody else fills: it is shown, and never run. */

const SCRIPT = `<script>window.ran=1</script>`;
const IMAGE = `<img src=x onerror="window.ran=1">`;
const BREAKOUT = `</script><svg onload=window.ran=1>'"}]`;
const BUYER = `${IMAGE}${BREAKOUT}`;

let buyer: Planted;
let event: string;
beforeAll(async () => {
	buyer = await plantBuyer(BUYER, 'script@example.org');
	event = `script-${crypto.randomUUID().slice(0, 6)}`;
	const token = await signOperatorToken(inject('operatorSigningKey'), {
		...{ name: `eve ${IMAGE}`, role: 'admin' as const }
	});
	const { plan, prices, currency } = generateVenue({ seats: 50 });
	const published = await call(
		`Event/${event}/publish`,
		{ name: `Gala ${IMAGE}${SCRIPT}`, currency, plan, prices, mode: 'strict' },
		{ [OPERATOR_HEADER]: token }
	);
	expect(published.status).toBe(200);
	const { orderId } = buyer;
	const resent = await operate('resendEmail', {
		...{ orderId, expect: { status: 'CONFIRMED' }, ticketRef: SCRIPT },
		reason: `lost ${IMAGE}${BREAKOUT}`
	});
	expect(resent.status).toBe(200);
	// A failure whose words are the caller's, and a journal whose payload they are.
	await call(`UserSession/${encodeURIComponent(`nobody ${IMAGE}`)}/get`);
});

describe('script in what others have written', () => {
	it(
		'is shown as text on every page, and runs on none',
		{ timeout: 180_000 },
		async ({ page, tolerate }) => {
			tolerate(/status of 404/);
			const [checkout = ''] = buyer.invocations;
			const paths: [path: string, shown: string | null][] = [
				['/', 'Gala <img'],
				[`/events/${event}`, 'Gala <img'],
				[`/seats/${buyer.seat}`, '<img src=x'],
				[`/seats/${buyer.heldSeat}`, '<img src=x'],
				['/orders', '<img src=x'],
				[`/orders/${buyer.orderId}`, '<img src=x'],
				[`/orders/${buyer.failedOrderId}`, '<img src=x'],
				['/invocations?service=UserSession', '<img src=x'],
				['/invocations?service=UserSession&status=failed', null],
				...buyer.invocations.map((id): [string, string | null] => [
					`/invocations/${id}`,
					id === checkout ? '<img src=x' : null
				]),
				['/logs?level=debug&level=info&level=warn&level=error', null],
				['/audit', 'lost <img'],
				[`/audit?text=${encodeURIComponent(SCRIPT)}`, '<script>window.ran=1'],
				[`/search?q=${encodeURIComponent(BUYER.slice(0, 20))}`, '<img src=x'],
				[`/search?q=${encodeURIComponent(SCRIPT)}`, '<script>window.ran=1'],
				[`/orders?q=${encodeURIComponent(BREAKOUT)}`, null],
				[`/logs?text=${encodeURIComponent(BREAKOUT)}`, null]
			];
			for (const [path, shown] of paths) {
				await open(page, path);
				await page
					.locator('main details')
					.evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
				if (shown !== null)
					await expect
						.poll(() => page.locator('body').innerText(), { message: path })
						.toContain(shown);
				expect(await page.evaluate(() => 'ran' in window), path).toBe(false);
				expect(await page.locator('img[src="x"], svg[onload]').count(), path).toBe(0);
			}
		}
	);
});
