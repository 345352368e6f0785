import { describe, expect, it } from 'vitest';
import type { VenueSeat } from '../../shared/venue.ts';
import { SeatMap } from './seat-map.ts';

/** Row A has seats 1 to 4, row B 1 to 3. */
const seats = ['A-1', 'A-2', 'A-3', 'A-4', 'B-1', 'B-2', 'B-3'].map((id): VenueSeat => {
	const [row = '', number = ''] = id.split('-');
	return [id, 0, row, number, 0, 0, 0];
});
const at = (index: number) => index / seats.length;

describe('a seat map', () => {
	it('gives seats side by side, from a place on and round', () => {
		const map = new SeatMap({ seats });
		expect(map.pick(2, at(1))).toEqual(['A-2', 'A-3']);
		expect(map.pick(1, at(6))).toEqual(['B-3']);
		expect(map.pick(2, at(6))).toEqual(['A-1', 'A-2']);
	});

	it('never spans two rows, nor a taken seat', () => {
		const map = new SeatMap({ seats }, ['A-2']);
		expect(map.pick(2, at(3))).toEqual(['B-1', 'B-2']);
		expect(map.pick(2, 0)).toEqual(['A-3', 'A-4']);
		expect(map.pick(3, 0)).toEqual(['B-1', 'B-2', 'B-3']);
	});

	it('splits a party that nothing has room for', () => {
		const map = new SeatMap({ seats }, ['A-2', 'B-2']);
		expect(map.pick(3, 0)).toEqual(['A-1', 'A-3', 'A-4']);
		expect(map.pick(4, at(4))).toEqual(['B-1', 'B-3', 'A-1', 'A-3']);
	});

	it('gives what is left, and nothing when nothing is', () => {
		const map = new SeatMap(
			{ seats },
			seats.slice(1).map(([id]) => id)
		);
		expect(map.free).toBe(1);
		expect(map.pick(2, 0)).toEqual(['A-1']);
		map.take('A-1');
		expect(map.pick(1, 0)).toEqual([]);
	});

	it('lets a hot buyer click a taken seat', () => {
		const map = new SeatMap({ seats }, ['A-1']);
		expect(map.pick(1, 0, true)).toEqual(['A-1']);
	});

	it('counts a seat once, however often it is taken or released', () => {
		const map = new SeatMap({ seats });
		map.take('A-1');
		map.take('A-1');
		map.take('nowhere');
		expect(map.free).toBe(6);
		map.release('A-1');
		map.release('A-1');
		expect(map.free).toBe(7);
	});
});
