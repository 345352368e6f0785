import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { launchBrowser } from '../browser/launch.ts';
import { postJson } from '../ingress.ts';
import { queryRestate } from '../restate-sql.ts';
import type { Settings } from '../stack/settings.ts';
import type { Bench, Group } from './group.ts';
import { gzipped } from './list-measures.ts';
import { releaseSeat } from './operator.ts';
import type { Row } from './row.ts';
import { freshSeats } from './seats.ts';

const VENUE = { size: 500, id: 'bench-pages' };
/** Of a page's scripts, gzipped: what the console allows itself. */
const BOUND_KB = 150;

const bought = z.object({ orderId: z.string() });

/** What each page makes a browser load. */
export const pages: Group = {
	name: 'pages',
	title: 'JavaScript of each page of the console, gzipped',
	run: async (bench) => {
		const paths = await pathsOf(bench);
		const browser = await launchBrowser();
		try {
			const rows: Row[] = [];
			for (const [name, path] of paths)
				rows.push(await weigh(browser, bench.stack.settings, name, path));
			return rows;
		} finally {
			await browser.close();
		}
	}
};

/** Every kind of page, by its route and by one address of it. */
async function pathsOf({ stack }: Bench): Promise<(readonly [route: string, path: string])[]> {
	const { event, take } = await freshSeats(stack, VENUE.size, VENUE.id);
	const [seat = '', released = ''] = take(2);
	const { orderId } = bought.parse(
		await postJson(`${stack.settings.urls.ingress}/Checkout/checkout`, {
			ticketId: seat,
			userId: 'bench',
			paymentMethod: 'pm_card_visa'
		})
	);
	const { urls } = stack.settings;
	await releaseSeat(urls, released, 0);
	const [made] = await queryRestate(
		urls.admin,
		`SELECT target_service_key AS id FROM sys_invocation_status
			WHERE target_service_name = 'Change' LIMIT 1`,
		z.object({ id: z.string() })
	);
	if (!made) throw new Error('The release of a seat left no change');
	return [
		['/', '/'],
		['/events/[event]', `/events/${event}`],
		['/seats/[key]', `/seats/${seat}`],
		['/orders', '/orders'],
		['/orders/[id]', `/orders/${orderId}`],
		['/invocations', '/invocations'],
		['/invocations/[id]', `/invocations/inv_${orderId.slice('ord_'.length)}`],
		['/logs', '/logs'],
		['/changes', '/changes'],
		['/changes/new', `/changes/new?what=refundOrder&target=${orderId}`],
		['/changes/bulk', '/changes/bulk?act=kill&all=on&service=Checkout'],
		['/changes/bulk/seats', `/changes/bulk/seats?event=${event}&all=on`],
		['/changes/[id]', `/changes/${made.id}`],
		['/search', '/search?q=bench'],
		['/worklist', '/worklist'],
		['/audit', '/audit'],
		['/deployments', '/deployments']
	];
}

async function weigh(
	browser: Browser,
	{ urls }: Settings,
	name: string,
	path: string
): Promise<Row> {
	const context = await browser.newContext({ baseURL: urls.console });
	try {
		const page = await context.newPage();
		const scripts = gzipped(page);
		await page.goto(path);
		await page.getByText('Restate is up').waitFor();
		const value = (await scripts()) / 1_000;
		const goal = { at: 'most', value: BOUND_KB } as const;
		return { name: `JavaScript of ${name}`, unit: 'kB', value, goal };
	} finally {
		await context.close();
	}
}
