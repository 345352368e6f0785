import axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect } from 'vitest';
import { it } from '../support/browser.ts';
import { prefer } from '../support/pages/theme.ts';
import { everyPage, visit } from '../support/pages/walk.ts';
import type { Stop } from '../support/pages/walk.ts';

/** What holds on each page of the console. */

const NARROW = { width: 768, height: 1024 };

let stops: Stop[];
beforeAll(async () => {
	stops = await everyPage();
});

describe('every page', () => {
	it('has one h1 and no ID twice', { timeout: 400_000 }, async ({ page, tolerate }) => {
		tolerate(/status of 404/);
		for (const stop of stops) {
			await visit(page, stop);
			expect(await page.locator('h1').count(), stop.name).toBe(1);
			const ids = await page
				.locator('[id]')
				.evaluateAll((elements) => elements.map(({ id }) => id));
			expect(new Set(ids).size, `${stop.name}: ${ids.join(' ')}`).toBe(ids.length);
		}
	});

	it(
		'is accessible, in the dark and in the light',
		{ timeout: 600_000 },
		async ({ page, tolerate }) => {
			tolerate(/status of 404/);
			const problems: string[] = [];
			for (const stop of stops) {
				await page.emulateMedia({ colorScheme: 'dark' });
				await visit(page, stop);
				await page.evaluate(axe.source);
				problems.push(...(await audit(page, `${stop.name}, dark`)));
				await prefer(page, 'light');
				problems.push(...(await audit(page, `${stop.name}, light`, ['color-contrast'])));
			}
			expect(problems).toEqual([]);
		}
	);

	it('fits a screen of 768 pixels', { timeout: 400_000 }, async ({ page, tolerate }) => {
		tolerate(/status of 404/);
		await page.setViewportSize(NARROW);
		for (const stop of stops) {
			await visit(page, stop);
			const { content, screen } = await page.evaluate(() => ({
				content: document.documentElement.scrollWidth,
				screen: document.documentElement.clientWidth
			}));
			expect(content, stop.name).toBe(screen);
			const outside = await page.locator('main :is(h1, h2, button, a, input)').evaluateAll(
				(elements, width) =>
					elements
						.filter((element) => element.closest('.overflow-auto') === null)
						.filter((element) => element.getBoundingClientRect().right > width)
						.map((element) => element.outerHTML.slice(0, 120)),
				screen
			);
			expect(outside, stop.name).toEqual([]);
		}
	});
});

/** Serious and critical findings, one a line. */
async function audit(page: Page, where: string, rules?: string[]): Promise<string[]> {
	const options: RunOptions = {
		resultTypes: ['violations'],
		...(rules && { runOnly: { type: 'rule', values: rules } })
	};
	const { violations } = await page.evaluate(
		(chosen) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, chosen),
		options
	);
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(({ id, nodes }) => {
			const shown = nodes.slice(0, 4).map(({ html, any, target }) => {
				const why = any[0]?.message ?? '';
				return `\n\t${target.join(' ')}\n\t${html.slice(0, 160)}\n\t${why}`;
			});
			return `${where}: ${id} ×${nodes.length}${shown.join('')}`;
		});
}
