import type { Locator, Page } from 'playwright-core';
import { reason } from '../changes.ts';

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

/** The same for what a page keeps under its button for more. */
export async function askForMore(page: Page, label: string): Promise<OperationDialog> {
	await page.getByRole('button', { name: 'More', exact: true }).click();
	return askFor(page, label);
}

/** Sends the dialog with a reason, once it says what it will do. */
export async function submitted(dialog: OperationDialog): Promise<void> {
	await dialog.preview.waitFor();
	await dialog.reason.fill(reason);
	await dialog.submit();
	await dialog.root.waitFor({ state: 'hidden' });
}
