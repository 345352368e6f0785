import type { Locator, Page } from 'playwright-core';

/** The dialog that a guarded change is asked from. */
export interface OperationDialog {
	root: Locator;
	reason: Locator;
	refusal: Locator;
	submit: () => Promise<void>;
}

/** Presses a guarded change's button. @param label as on it, without its dots */
export async function askFor(page: Page, label: string): Promise<OperationDialog> {
	await page.getByRole('button', { name: `${label}…` }).click();
	const root = page.getByRole('dialog');
	await root.waitFor();
	return {
		root,
		reason: root.getByLabel('Reason'),
		refusal: root.getByRole('alert'),
		submit: () => root.getByRole('button', { name: label, exact: true }).click()
	};
}
