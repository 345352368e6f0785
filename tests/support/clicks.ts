import type { Locator, Page } from 'playwright-core';
import { awake } from './browser.ts';

/** Somebody who looks for an answer, and whose clicks are counted. */
export class Asker {
	readonly page: Page;
	/** Clicks since the overview; a search that is typed counts as one. */
	clicks = 0;

	constructor(page: Page) {
		this.page = page;
	}

	/** Opens the overview of a console, where every question begins. */
	static async at(page: Page, console: string): Promise<Asker> {
		await page.goto(`${console}/`);
		await awake(page);
		return new Asker(page);
	}

	async click(target: Locator): Promise<void> {
		this.clicks += 1;
		await target.click();
	}

	/** A page of the menu. */
	menu = (name: RegExp): Promise<void> =>
		this.click(this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }));

	/** Types into the search box and presses Enter. */
	async search(text: string): Promise<void> {
		this.clicks += 1;
		const box = this.page.getByRole('searchbox', { name: /^Search for a seat/ });
		await box.fill(text);
		await box.press('Enter');
	}
}
