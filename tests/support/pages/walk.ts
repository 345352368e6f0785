import type { Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import type { ChangeAnswer } from '../../../shared/change.ts';
import { orderIdOf } from '../../../shared/order.ts';
import { COLUMNS } from '../../../console/lib/invocation-view.ts';
import { open } from '../browser.ts';
import { editSeat, lapsedHold } from '../edit-seat.ts';
import { call, EVENT, freshSeat, getSeat, operate, query } from '../nexus.ts';
import { askFor } from './operation-dialog.ts';

/** One stop of a walk through the whole console. */
export interface Stop {
	name: string;
	path: string;
	/** What is looked at there beyond the page as it opens. */
	then?: (page: Page) => Promise<void>;
}

/** Every kind of page, in its richest state: a held seat, a sold one, a failure in the lists. */
export async function everyPage(): Promise<Stop[]> {
	const [held, sold, declined] = [await freshSeat(), await freshSeat(), await freshSeat()];
	const lapsed = await freshSeat();
	const order = { userId: 'walker', paymentMethod: 'pm_card_visa' };
	await call(`Ticket/${held}/reserve`, 'walker');
	await editSeat(inject('settings').urls.admin, lapsed, lapsedHold('walker', 60_000));
	await call('Checkout/checkout', { ...order, ticketId: sold, email: 'walker@example.com' });
	const card = { ...order, paymentMethod: 'pm_card_chargeDeclined' };
	await call('Checkout/checkout', { ...card, ticketId: declined });
	const { checkoutId } = await getSeat(sold);
	const [failed] = await query<{ id: string }>(
		`SELECT id FROM sys_invocation WHERE target_service_name = 'Checkout'
			AND completion_result = 'failure' ORDER BY created_at DESC LIMIT 1`
	);
	const orderId = orderIdOf(checkoutId ?? '');
	const extended = await operate<ChangeAnswer>('extendHold', {
		...{ seat: held, minutes: 1, expect: { epoch: 1 } },
		...{ reason: 'the buyer called', preview: ['The hold of walker ends a minute later.'] }
	});
	expect(extended.status, JSON.stringify(extended.body)).toBe(200);
	return [
		{ name: 'overview', path: '/' },
		{ name: 'overview of all failures', path: '/?failures=all&sort=-name&range=10m' },
		{ name: 'overview of one step', path: '/?failures=reserve' },
		{ name: 'event', path: `/events/${EVENT}`, then: pictureCame },
		{ name: 'event, a failed step', path: `/events/${EVENT}?failed=authorise`, then: pictureCame },
		{ name: 'event as tables', path: `/events/${EVENT}`, then: asTables },
		{ name: 'held seat', path: `/seats/${held}` },
		{
			name: 'force-release dialog',
			path: `/seats/${held}`,
			then: askForRelease
		},
		{ name: 'changes', path: '/changes' },
		{ name: 'a change', path: `/changes/${extended.body.changeId}` },
		{ name: 'a change to ask for', path: `/changes/new?what=refundOrder&target=${orderId}` },
		{ name: 'a bulk change to ask for', path: `/changes/bulk?act=kill&all=on&service=Checkout` },
		{ name: 'a bulk release to ask for', path: `/changes/bulk/seats?event=${EVENT}&all=on` },
		{ name: 'sold seat', path: `/seats/${sold}` },
		{ name: 'invocations', path: '/invocations' },
		{ name: 'invocations, none found', path: '/invocations?key=nobody' },
		{
			name: 'invocations, filtered, in all columns',
			path: `/invocations?service=Ticket&created=2026-01-01..&columns=${COLUMNS.join(',')}`,
			then: (page) => page.keyboard.press('f')
		},
		{ name: 'invocation', path: `/invocations/${checkoutId ?? ''}`, then: unfoldSteps },
		{ name: 'failed invocation', path: `/invocations/${failed?.id ?? ''}`, then: unfoldSteps },
		{ name: 'orders', path: '/orders' },
		{ name: 'orders, none found', path: '/orders?q=nobody&from=2026-01-01T00:00' },
		{ name: 'order', path: `/orders/ord_${(checkoutId ?? '').slice(4)}` },
		{ name: 'failed order', path: `/orders/ord_${(failed?.id ?? '').slice(4)}` },
		{ name: 'search', path: '/search?q=no-such-thing' },
		{ name: 'worklist', path: '/worklist', then: unfoldWork(lapsed) },
		{ name: 'worklist, nothing found', path: '/worklist?event=nowhere&shown=all' },
		{ name: 'logs', path: '/logs', then: unfoldLogs },
		{ name: 'logs, none found', path: '/logs?text=nobody-says-this' },
		{ name: 'audit', path: '/audit', then: unfoldAll },
		{ name: 'audit, none found', path: '/audit?actor=nobody&outcome=refused&range=1h' },
		{ name: 'deployments', path: '/deployments', then: unfoldAll },
		{ name: 'search, several found', path: '/search?q=walker' },
		{ name: 'command palette', path: '/orders', then: openPalette },
		{ name: 'nothing here', path: '/seats/concert-1:NOPE-1' }
	];
}

/** Opens a stop of the walk, the dialog or tables it is about included. */
export async function visit(page: Page, { path, then }: Stop): Promise<void> {
	await open(page, path);
	await then?.(page);
}

async function pictureCame(page: Page): Promise<void> {
	await page.getByRole('button', { name: /Sold \d/ }).waitFor();
}

async function asTables(page: Page): Promise<void> {
	await pictureCame(page);
	const charts = ['Occupancy', 'Rates', 'Checkout funnel', 'Failures per step', 'By section'];
	for (const part of ['Seats', ...charts, 'Expiring holds'])
		await page
			.getByRole('group', { name: `${part} as` })
			.locator('label')
			.filter({ hasText: 'Table' })
			.click();
	await page
		.getByRole('table', { name: 'Seats by section and row' })
		.getByRole('button')
		.first()
		.click();
}

async function askForRelease(page: Page): Promise<void> {
	const { preview } = await askFor(page, 'Force release');
	await preview.waitFor();
}

async function openPalette(page: Page): Promise<void> {
	await page.keyboard.press('Control+k');
	await page.getByRole('dialog').getByRole('combobox').waitFor();
}

async function unfoldSteps(page: Page): Promise<void> {
	const steps = page.locator('[data-kind] summary:has-text("Details of")');
	await steps.first().waitFor();
	await page
		.locator('[data-kind] details')
		.evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
}

const unfoldWork = (seat: string) => async (page: Page) => {
	const item = page.locator(`[data-item="lapsed:seat:${seat}"]`);
	await item.locator('summary').click();
};

async function unfoldLogs(page: Page): Promise<void> {
	await page.getByRole('list', { name: 'Log rows' }).locator('summary').first().click();
}

async function unfoldAll(page: Page): Promise<void> {
	await page
		.locator('main details')
		.evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
}
