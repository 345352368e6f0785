import { describe, expect, test } from 'vitest';
import { parseView } from './invocation-view.ts';
import { parseViews, USUAL_VIEWS, withoutView, withView } from './saved-views.ts';

const paused = { name: 'Paused', query: 'status=paused' };
const failed = { name: 'Failed', query: 'status=failed' };

describe('saved views', () => {
	test.each([
		[null, []],
		['', []],
		['no JSON', []],
		['{"name":"x"}', []],
		['[{"name":"Paused","query":"status=paused"},{"name":1},null]', [paused]]
	])('reads %s', (text, expected) => {
		expect(parseViews(text)).toEqual(expected);
	});

	test('are kept by name, in its order', () => {
		const both = withView(withView([], paused), failed);
		expect(both).toEqual([failed, paused]);
		const again = { name: ' Paused ', query: 'status=paused&service=Checkout' };
		expect(withView(both, again)).toEqual([failed, { ...again, name: 'Paused' }]);
		expect(withView(both, { name: '  ', query: '' })).toEqual(both);
		expect(withoutView(both, 'Failed')).toEqual([paused]);
	});

	test('are bounded', () => {
		let views = [paused];
		for (let n = 0; n < 80; n++) views = withView(views, { name: `view ${n}`, query: '' });
		expect(views.length).toBe(50);
		expect(views.some(({ name }) => name === 'view 79')).toBe(true);
	});
});

test.each(USUAL_VIEWS)('the usual view "$name" is one the list can read', ({ query }) => {
	expect(parseView(new URLSearchParams(query))).toMatchObject({ ok: true });
});
