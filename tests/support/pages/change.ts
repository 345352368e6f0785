import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { readD1 } from '../d1.ts';

/** What a page says of the changes that were asked for on it. */

/** The newest change of the tab, once it has come to a status. @returns its ID */
export async function trackedChange(page: Page, status: string): Promise<string> {
	const card = page.locator(`[data-change][data-status="${status}"]`).first();
	await card.waitFor();
	return (await card.getAttribute('data-change')) ?? '';
}

/** Waits until a change's page says that nothing more comes of it. @returns what it says */
export async function settledText(page: Page): Promise<string> {
	const note = page.getByRole('region', { name: 'Progress' });
	await page.locator('[data-settled="true"]').waitFor();
	return note.innerText();
}

interface AuditRow {
	action: string;
	actor: string;
	outcome: string;
	preview: string | null;
}

/** What the audit has of a change, once it has ended. */
export async function auditOfChange(changeId: string, rows = 1): Promise<AuditRow[]> {
	const read = () =>
		readD1<AuditRow>(
			'SELECT action, actor, outcome, preview FROM audit WHERE change_id = ? ORDER BY at, seq',
			changeId
		);
	await expect.poll(() => read().length).toBeGreaterThanOrEqual(rows);
	return read();
}
