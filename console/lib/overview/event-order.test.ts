import { describe, expect, test } from 'vitest';
import { arrange, printEventView, readEventView, sortedBy } from './event-order.ts';
import type { EventView } from './event-order.ts';
import { eventOf, sampleOf } from './overview-fixture.ts';

const read = (search: string) => readEventView(new URLSearchParams(search));

describe('the view in the URL', () => {
	test.each([
		['', { sort: 'published', reversed: false, named: '' }],
		['sort=held', { sort: 'held', reversed: false, named: '' }],
		['sort=-held&named=rock', { sort: 'held', reversed: true, named: 'rock' }],
		['sort=-nonsense', { sort: 'published', reversed: false, named: '' }]
	] satisfies [string, EventView][])('%s', (search, view) => {
		expect(read(search)).toEqual(view);
	});

	test.each(['', 'sort=held', 'sort=-published', 'sort=-name&named=a+b'])(
		'%s goes round',
		(url) => {
			const printed = Object.entries(printEventView(read(url))).flatMap(([name, value]) =>
				value === null ? [] : [[name, value]]
			);
			expect(new URLSearchParams(printed).toString()).toBe(url);
		}
	);

	test('a heading sorts by its column, and the other way when it does already', () => {
		const once = sortedBy(read('named=x'), 'held');
		expect(once).toEqual({ sort: 'held', reversed: false, named: 'x' });
		expect(sortedBy(once, 'held').reversed).toBe(true);
		expect(sortedBy(sortedBy(once, 'held'), 'sold')).toMatchObject({
			sort: 'sold',
			reversed: false
		});
	});
});

describe('arrange', () => {
	const events = [
		eventOf({
			id: 'a',
			name: 'Zebra',
			publishedAt: 1,
			sample: sampleOf({ held: 5, sold: 1 }),
			taken: [{ amount: 10, currency: 'EUR' }]
		}),
		eventOf({ id: 'b', name: 'apple', publishedAt: 3, stuck: 2 }),
		eventOf({
			id: 'c-rock',
			name: 'Mango',
			publishedAt: 2,
			sample: sampleOf({ held: 9, sold: 0 }),
			perMinute: { reserved: 1, sold: 1 }
		})
	];
	test.each([
		['', 'b c-rock a'],
		['sort=-published', 'a c-rock b'],
		['sort=name', 'b c-rock a'],
		['sort=-name', 'a c-rock b'],
		['sort=held', 'c-rock a b'],
		['sort=-held', 'a c-rock b'],
		['sort=occupancy', 'a c-rock b'],
		['sort=reserved', 'c-rock a b'],
		['sort=stuck', 'b a c-rock'],
		['sort=taken', 'a b c-rock'],
		['named=ROCK', 'c-rock'],
		['named=+an', 'c-rock'],
		['named=nobody', '']
	])('?%s', (search, ids) => {
		const before = [...events];
		expect(
			arrange(events, read(search))
				.map(({ id }) => id)
				.join(' ')
		).toBe(ids);
		expect(events).toEqual(before);
	});
});
