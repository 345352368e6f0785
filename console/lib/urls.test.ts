import { expect, test } from 'vitest';
import { urlOfId, urls } from './urls.ts';

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
	[' concert-1:101-A-7 ', '/seats/concert-1:101-A-7'],
	['inv_1gq2', '/invocations/inv_1gq2'],
	['ord_1gq2', '/orders/ord_1gq2'],
	['concert-1', undefined],
	['a:b:c', undefined],
	['inv_', undefined],
	['', undefined]
])('the page of %j is %s', (text, url) => {
	expect(urlOfId(text)).toBe(url);
});
