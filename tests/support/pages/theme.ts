import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until the page is painted dark or light. */
export const painted = (page: Page, scheme: 'dark' | 'light'): Promise<void> =>
	expect.poll(() => background(page), { timeout: 5_000 }).toBe(scheme);

/** Tells the page that the system prefers a scheme, and waits until it has followed. */
export async function prefer(page: Page, scheme: 'dark' | 'light'): Promise<void> {
	await page.emulateMedia({ colorScheme: scheme });
	await painted(page, scheme);
}

const background = (page: Page): Promise<'dark' | 'light' | 'neither'> =>
	page.evaluate(() => {
		const canvas = document.createElement('canvas').getContext('2d');
		if (!canvas) throw new Error('no canvas to read the colour with');
		canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
		canvas.fillRect(0, 0, 1, 1);
		const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
		const lightness = (red + green + blue) / 3;
		return lightness < 60 ? 'dark' : lightness > 200 ? 'light' : 'neither';
	});
