import { expect, test } from 'vitest';
import { itemAt, parseRecent, withItem } from './recent-pages.ts';

test.each([
	['/orders/ord_1', { kind: 'order', id: 'ord_1' }],
	['/seats/concert-1:A-7', { kind: 'seat', id: 'concert-1:A-7' }],
	['/seats/concert-1%3AA-7', { kind: 'seat', id: 'concert-1:A-7' }],
	['/invocations/inv_1', { kind: 'invocation', id: 'inv_1' }],
	['/events/e', { kind: 'event', id: 'e' }],
	['/orders', null],
	['/events/e/stream', null],
	['/', null]
])('the page at %s is about %j', (path, item) => {
	expect(itemAt(path)).toEqual(item);
});

test('keeps the newest eight, each once', () => {
	const ids = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '2'];
	const kept = ids.reduce((items, id) => withItem(items, { kind: 'order', id }), parseRecent(null));
	expect(kept.map(({ id }) => id)).toEqual(['2', '9', '8', '7', '6', '5', '4', '3']);
});

test.each([null, 'no JSON', '{}', '[1, {"kind":"page","id":"x"}, {"kind":"order"}]'])(
	'takes %j for nothing',
	(stored) => {
		expect(parseRecent(stored)).toEqual([]);
	}
);
