import { beforeAll, describe, expect, inject, it } from 'vitest';
import { as } from '../support/identities.ts';
import { firstMessage, plantBuyer } from '../support/buyer.ts';
import type { Planted } from '../support/buyer.ts';
import { EVENT, operate } from '../support/nexus.ts';
import { addressOf, readRoutes } from '../support/routes.ts';

/** What a reader without the right to payloads gets of a buyer: everything but who it is. */

const { urls } = inject('settings');
const NAME = 'zebulon-quux';
const EMAIL = 'zq.private@example.org';
const PERSONAL = /zebulon|zq\.private|pm_card/i;

let buyer: Planted;
let changeId: string;
let addresses: string[];
beforeAll(async () => {
	buyer = await plantBuyer(NAME, EMAIL);
	const { orderId } = buyer;
	const expected = { orderId, expect: { status: 'CONFIRMED' } };
	const reason = `the mail to ${EMAIL} was lost`;
	const asked = {
		...expected,
		reason,
		preview: [`The mail goes to ${EMAIL}.`, `${NAME} gets it twice.`]
	};
	const answer = await operate<{ changeId: string }>('resendEmail', asked);
	expect(answer.status, JSON.stringify(answer.body)).toBe(200);
	changeId = answer.body.changeId;
	addresses = await everyAddress();
});

/** What a route is asked beyond its address, to have it tell all that it can. */
const QUERIES: Record<string, (planted: Planted) => string[]> = {
	'/audit': () => ['', '?text=mail'],
	'/changes/bulk': () => ['?act=cancel&service=Checkout'],
	'/changes/bulk/seats': () => [`?event=${EVENT}&all=on`],
	'/changes/new': asked,
	'/changes/new/data': asked,
	'/events/[event]/failures': () => [`?${span()}&failed=authorise`],
	'/events/[event]/find': ({ orderId }) => [`?order=${orderId}`],
	'/events/[event]/funnel': () => [`?${span()}`],
	'/events/[event]/replay': () => [`?${span()}`],
	'/events/[event]/series': () => [`?${span()}`],
	'/events/[event]/venue': () => ['?revision=1'],
	'/': () => ['', '?failures=authorise', '?failures=all'],
	'/overview': () => ['', '?failures=authorise', '?failures=all'],
	'/invocations': () => ['', '?service=UserSession', '?service=Checkout&status=failed'],
	'/invocations/[id]/payloads': () => [
		'?entry=0',
		'?entry=1&entry=2',
		'?entry=3&entry=4',
		'?entry=5'
	],
	'/logs': ({ orderId }) => [
		'',
		'?level=debug&level=info&level=warn&level=error',
		`?text=${orderId}`
	],
	'/logs/download': () => ['?format=csv&range=24h', '?format=ndjson&range=24h'],
	'/logs/tail': () => ['?after=0&range=24h'],
	'/orders': ({ orderId }) => ['', `?q=${orderId}`],
	'/search': ({ orderId, seat }) => [
		`?q=${orderId.slice(0, 14)}`,
		`?q=${seat.split(':')[1] ?? ''}`
	],
	'/search/data': ({ orderId, seat }) => [`?q=${orderId}`, `?q=${seat}`]
};

function asked({ heldSeat, orderId }: Planted): string[] {
	return [
		`?what=forceRelease&target=${heldSeat}`,
		`?what=refundOrder&target=${orderId}`,
		`?what=resendEmail&target=${orderId}`
	];
}

const span = () => `from=${Date.now() - 3_600_000}&to=${Date.now() + 60_000}`;

async function everyAddress(): Promise<string[]> {
	const routes = (await readRoutes()).filter(({ methods }) => methods.includes('GET'));
	const found = routes.flatMap((route) => {
		if (route.id.endsWith('/stream')) return [];
		const queries = QUERIES[route.id]?.(buyer) ?? [''];
		return samplesOf(route.id).flatMap((samples) => {
			const path = addressOf(route, samples);
			const data = route.kind === 'page' ? [`${path === '/' ? '' : path}/__data.json`] : [];
			return [path, ...data].flatMap((each) => queries.map((query) => each + query));
		});
	});
	return [...new Set(found)];
}

/** Of what is many, each that carries something of the buyer. */
function samplesOf(id: string) {
	const one = {
		event: EVENT,
		seat: buyer.seat,
		order: buyer.orderId,
		invocation: buyer.invocations[0] ?? '',
		change: changeId
	};
	if (id.startsWith('/seats/')) return [one, { ...one, seat: buyer.heldSeat }];
	if (id.startsWith('/orders/[id]')) return [one, { ...one, order: buyer.failedOrderId }];
	if (id.startsWith('/invocations/[id]'))
		return buyer.invocations.map((invocation) => ({ ...one, invocation }));
	return [one];
}

/** What each address answers, of those that answer at all. */
async function readAll(identity: string): Promise<Map<string, string>> {
	const answers = new Map<string, string>();
	for (const address of addresses) {
		const response = await fetch(urls.console + address, { headers: as(identity) });
		expect(response.status, address).toBeLessThan(500);
		answers.set(address, await response.text());
	}
	return answers;
}

describe('a reader without the right to payloads', () => {
	it('gets the buyer’s name, address and card from nowhere', { timeout: 240_000 }, async () => {
		// First who may see all, so that whatever is kept for all readers is kept whole.
		const whole = await readAll('operator');
		const told = [...whole].filter(([, text]) => PERSONAL.test(text)).map(([address]) => address);
		for (const part of ['/orders', '/orders/csv', '/search', '/logs', '/invocations', '/audit'])
			expect(
				told.some((address) => address.startsWith(part)),
				part
			).toBe(true);
		for (const part of ['evidence', 'payloads', 'journal', 'data', 'now', 'download'])
			expect(
				told.some((address) => address.includes(part)),
				part
			).toBe(true);

		for (const [address, text] of await readAll('operator-masked')) {
			const found = PERSONAL.exec(text);
			const around = found ? text.slice(Math.max(0, found.index - 120), found.index + 60) : null;
			expect(around, address).toBeNull();
		}
		expect(await firstMessage(EVENT, as('viewer-masked'))).not.toMatch(PERSONAL);
	});

	it('sees that it is the same buyer', async () => {
		const read = async (path: string) =>
			(await fetch(urls.console + path, { headers: as('viewer-masked') })).text();
		const [mask] = /z•••[0-9a-f]{6}/.exec(await read(`/orders/${buyer.orderId}/data`)) ?? [];
		expect(mask).toBeDefined();
		for (const path of [`/seats/${buyer.heldSeat}/data`, `/orders/data?q=${buyer.failedOrderId}`])
			expect(await read(path), path).toContain(mask);
	});

	it('finds a buyer by the whole of a name or address, and by no part', async () => {
		const find = async (q: string) => {
			const url = `${urls.console}/orders/data?${new URLSearchParams({ q }).toString()}`;
			const response = await fetch(url, { headers: as('viewer-masked') });
			return ((await response.json()) as { rows: { id: string }[] }).rows.map(({ id }) => id);
		};
		expect(await find(EMAIL)).toContain(buyer.orderId);
		expect(await find(NAME)).toContain(buyer.orderId);
		expect(await find(NAME.slice(0, -1))).toEqual([]);
		expect(await find(EMAIL.slice(0, -1))).toEqual([]);
	});
});
