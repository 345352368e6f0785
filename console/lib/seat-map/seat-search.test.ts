import { expect, it } from 'vitest';
import type { VenueSeat } from '$shared/venue.ts';
import { searchSeats } from './seat-search.ts';

const seat = (id: string, section: number, row: string, number: string): VenueSeat => [
	id,
	section,
	row,
	number,
	0,
	0,
	0
];
const seats = [
	seat('ST-A-1', 0, 'A', '1'),
	seat('ST-A-10', 0, 'A', '10'),
	seat('GC-A-1', 1, 'A', '1'),
	seat('GC-B-1', 1, 'B', '1')
];
const model = {
	seats,
	sectionNames: ['Stalls', 'Grand Circle'],
	indexOf: new Map(seats.map(([id], index) => [id, index]))
};

it.each<[string, number[]]>([
	['ST-A-1', [0]],
	['st-a-1', [0, 1]],
	['gc', [2, 3]],
	['A 1', [0, 2]],
	['grand circle a 1', [2]],
	['Circle, row B, seat 1', [3]],
	['Stalls · A · 10', [1]],
	['1', []],
	['nowhere', []],
	['  ', []]
])('“%s” means %j', (text, expected) => {
	expect(searchSeats(model, text)).toEqual(expected);
});

it('names a few of many', () => {
	const many = Array.from({ length: 50 }, (_, n) => seat(`ST-A-${n}`, 0, 'A', `${n}`));
	expect(searchSeats({ ...model, seats: many }, 'st')).toHaveLength(8);
});
