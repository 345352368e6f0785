import type { D1Database } from '@cloudflare/workers-types';
import { describe, expect, test } from 'vitest';
import { order } from '../order-case/case-fixture.ts';
import { landingOf } from '../search.ts';
import type { Nexus } from './nexus.ts';
import type { Orders } from './orders.ts';
import type { Admin } from './restate-admin.ts';
import { search } from './search.ts';
import { UpstreamError } from './upstream-error.ts';

type Sources = Parameters<typeof search>[0];

const down = () =>
	Promise.reject(new UpstreamError('x', 'Restate is not reachable', { status: 503 }));
const EVENT = { id: 'e', name: 'Opening Night', onSale: 1 };

/** An event and an order in D1, and nothing in Restate. */
const sources = (change: Partial<Sources> = {}): Sources => ({
	admin: {
		query: () => Promise.resolve([]),
		deployments: () => Promise.resolve([])
	} as unknown as Admin,
	nexus: {
		seat: () => Promise.reject(new UpstreamError('not-found', 'No seat', { status: 404 }))
	} as unknown as Nexus,
	orders: { list: () => Promise.resolve({ rows: [order()], more: false }) } as unknown as Orders,
	db: {
		prepare: () => ({ bind: () => ({ all: () => Promise.resolve({ results: [EVENT] }) }) })
	} as unknown as D1Database,
	...change
});

describe('search', () => {
	test('goes to an order named by its payment, whatever else is found', async () => {
		const result = await search(sources(), 'pi_1');
		expect(landingOf(result)).toMatchObject({ kind: 'order', id: order().id, exact: true });
	});

	test('answers from D1 while Restate is down, and says so once', async () => {
		const admin = { query: down, deployments: down } as unknown as Admin;
		const nexus = { seat: down } as unknown as Nexus;
		const result = await search(sources({ admin, nexus }), 'inv_1abcdefgh');
		expect(result.hits).toMatchObject([{ kind: 'order' }]);
		expect(result.problems).toEqual(['Restate is not reachable']);
	});

	test('answers from Restate while the orders cannot be read', async () => {
		const orders = { list: down } as unknown as Orders;
		const result = await search(sources({ orders }), 'opening');
		expect(result.hits).toMatchObject([{ kind: 'event', id: 'e' }]);
		expect(result.problems).toHaveLength(1);
	});

	test('asks nobody for nothing', async () => {
		const orders = { list: down } as unknown as Orders;
		expect(await search(sources({ orders }), '')).toEqual({ query: '', hits: [], problems: [] });
	});

	test('hides no fault of its own', async () => {
		const orders = { list: () => Promise.reject(new TypeError('bug')) } as unknown as Orders;
		await expect(search(sources({ orders }), 'x')).rejects.toThrow('bug');
	});
});
