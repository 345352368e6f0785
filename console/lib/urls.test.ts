import { expect, test } from 'vitest';
import { urlOfHit, urls } from './urls.ts';

test.each([
	[urls.overview(), '/'],
	[urls.event('concert-1'), '/events/concert-1'],
	[urls.seat('concert-1:101-A-7'), '/seats/concert-1:101-A-7'],
	[urls.seat('a/b?c'), '/seats/a%2Fb%3Fc'],
	[urls.invocation('inv_1abc'), '/invocations/inv_1abc'],
	[urls.invocations(), '/invocations'],
	[
		urls.invocations({ status: ['failed', 'paused'], service: '', after: undefined, page: 2 }),
		'/invocations?status=failed&status=paused&page=2'
	],
	[urls.search('a b&c'), '/search?q=a+b%26c']
])('%s', (actual, expected) => {
	expect(actual).toBe(expected);
});

test.each([
	['order', 'ord_1', '/orders/ord_1'],
	['seat', 'concert-1:101-A-7', '/seats/concert-1:101-A-7'],
	['invocation', 'inv_1', '/invocations/inv_1'],
	['event', 'concert-1', '/events/concert-1'],
	['deployment', 'dp_1', '/deployments']
] as const)('a found %s %s is shown at %s', (kind, id, url) => {
	expect(urlOfHit({ kind, id })).toBe(url);
});
