import type { Locator, Page } from 'playwright-core';

/** The dialog that a guarded change is asked from. */
export interface OperationDialog {
	root: Locator;
	/** What it says that it will do. */
	preview: Locator;
	reason: Locator;
	refusal: Locator;
	submit: () => Promise<void>;
}

/**
 * Presses a guarded change's button, or the link to its page that opens as a dialog.
 *
 * @param label as on it, without its dots
 */
export async function askFor(page: Page, label: string): Promise<OperationDialog> {
	const name = `${label}…`;
	const button = page.getByRole('button', { name }).or(page.getByRole('link', { name }));
	await button.click();
	const root = page.getByRole('dialog');
	await root.waitFor();
	return {
		root,
		preview: root.getByRole('list', { name: 'What it does' }),
		reason: root.getByLabel('Reason'),
		refusal: root.getByRole('alert'),
		submit: () => root.getByRole('button', { name: label, exact: true }).click()
	};
}
