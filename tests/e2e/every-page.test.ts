import axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { it, SCREEN } from '../support/browser.ts';
import { prefer } from '../support/pages/theme.ts';
import { everyPage, visit } from '../support/pages/walk.ts';

const NARROW = { width: 768, height: 1024 };

it(
	'every page has one h1 and no ID twice, is accessible in dark and light, and fits 768 pixels',
	{ timeout: 600_000 },
	async ({ page, tolerate }) => {
		tolerate(/status of 404/);
		const problems: string[] = [];
		for (const stop of await everyPage()) {
			await page.emulateMedia({ colorScheme: 'dark' });
			await visit(page, stop);
			const told = [
				...(await structure(page)),
				...(await audit(page, 'dark')),
				...(await fit(page))
			];
			await prefer(page, 'light');
			told.push(...(await audit(page, 'light', ['color-contrast'])));
			problems.push(...told.map((problem) => `${stop.name}: ${problem}`));
		}
		expect(problems).toEqual([]);
	}
);

async function structure(page: Page): Promise<string[]> {
	const headings = await page.locator('h1').count();
	const ids = await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id));
	const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
	return [
		...(headings === 1 ? [] : [`${headings} h1`]),
		...twice.map((id) => `the ID ${id} more than once`)
	];
}

/** What reaches out of a narrow screen, beyond what scrolls by itself. */
async function fit(page: Page): Promise<string[]> {
	await page.setViewportSize(NARROW);
	const widths = () =>
		page.evaluate(() => {
			const { scrollWidth, clientWidth } = document.documentElement;
			return { content: scrollWidth, screen: clientWidth };
		});
	const settled = await expect
		.poll(
			async () => {
				const { content, screen } = await widths();
				return content - screen;
			},
			{ timeout: 5_000 }
		)
		.toBe(0)
		.then(
			() => [],
			() => ['wider than 768 pixels']
		);
	const outside = await page.locator('main :is(h1, h2, button, a, input)').evaluateAll(
		(elements, width) =>
			elements
				.filter((element) => element.closest('.overflow-auto') === null)
				.filter((element) => element.getBoundingClientRect().right > width)
				.map((element) => `outside of 768 pixels: ${element.outerHTML.slice(0, 120)}`),
		NARROW.width
	);
	await page.setViewportSize(SCREEN);
	return [...settled, ...outside];
}

/** Serious and critical findings, one a line. */
async function audit(page: Page, where: string, rules?: string[]): Promise<string[]> {
	await page.evaluate(axe.source);
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
