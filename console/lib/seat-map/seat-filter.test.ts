import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VenueSeat } from '$shared/venue.ts';
import { AVAILABLE, HELD, OVERDUE, SOLD } from './picture.ts';
import { dimmedSeats, parseSeatFilter, SEAT_STATUSES, withSeatFilter } from './seat-filter.ts';
import type { SeatFilter, SeatSelection } from './seat-filter.ts';
import { EXPIRING } from './signs.ts';

const NONE: SeatFilter = {
	status: null,
	category: null,
	holder: null,
	order: null,
	seat: null,
	section: null,
	view: null
};

describe('the filter in an address', () => {
	const word = fc.option(
		fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).filter((t) => t === t.trim())
	);
	const filters = fc.record<SeatFilter>({
		status: fc.option(fc.constantFrom(...SEAT_STATUSES)),
		category: word,
		holder: word,
		order: word,
		seat: word,
		section: word,
		view: fc.constantFrom('table', null)
	});

	it('reads back as it was written, beside what others put there', () => {
		fc.assert(
			fc.property(filters, (filter) => {
				const written = withSeatFilter(new URLSearchParams('at=5&range=1h'), filter);
				expect(parseSeatFilter(new URLSearchParams(written.toString()))).toEqual(filter);
				expect([written.get('at'), written.get('range')]).toEqual(['5', '1h']);
			})
		);
	});

	it('changes only what it is told to', () => {
		const params = new URLSearchParams('status=SOLD&seat=A-1');
		expect(withSeatFilter(params, { seat: null, category: 'VIP' }).toString()).toBe(
			'status=SOLD&category=VIP'
		);
		expect(params.toString()).toBe('status=SOLD&seat=A-1');
	});

	it.each(['', 'status=sold', 'status=NOPE&holder=', 'holder=%20%20'])(
		'filters nothing by “%s”',
		(query) => {
			expect(parseSeatFilter(new URLSearchParams(query))).toEqual(NONE);
		}
	);
});

describe('the seats that a filter leaves out', () => {
	const seat = (category: number): VenueSeat => ['x', 0, '1', '1', 0, 0, category];
	const model = { seats: [seat(0), seat(1), seat(0), seat(1), seat(0)] };
	const signs = Uint8Array.of(AVAILABLE, HELD, SOLD, OVERDUE, EXPIRING);
	const all: SeatSelection = { status: null, category: null, found: null, stuck: new Set([3]) };

	it.each<[string, Partial<SeatSelection>, string | null]>([
		['nothing asked', {}, null],
		['sold', { status: 'SOLD' }, '11011'],
		['held, those about to lapse among them', { status: 'RESERVED' }, '10110'],
		['about to lapse', { status: 'EXPIRING' }, '11110'],
		['stuck', { status: 'STUCK' }, '11101'],
		['a category', { category: 1 }, '10101'],
		['a category the plan does not have', { category: -1 }, '11111'],
		['somebody’s', { found: new Set([0, 2]) }, '01011'],
		['nobody’s', { found: new Set() }, '11111'],
		[
			'somebody’s sold ones of a category',
			{ found: new Set([0, 2]), status: 'SOLD', category: 0 },
			'11011'
		]
	])('%s', (_, selection, expected) => {
		const dimmed = dimmedSeats(model, signs, { ...all, ...selection });
		expect(dimmed && dimmed.join('')).toBe(expected);
	});
});
