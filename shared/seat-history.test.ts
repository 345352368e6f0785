import { describe, expect, it } from 'vitest';
import { initialSeat } from './seat.ts';
import { appendHistory, isTold, mergeHistories, migrateSeat, viewSeat } from './seat-history.ts';
import type { SeatTransition } from './seat-history.ts';

const entry = (epoch: number): SeatTransition => ({
	at: epoch,
	event: 'reserve',
	from: 'AVAILABLE',
	to: 'RESERVED',
	epoch,
	actor: 'alice',
	reason: null,
	invocationId: 'inv_1',
	holdId: 'h1',
	orderId: null
});

describe('migrateSeat', () => {
	it.each([
		['nothing stored', null, {}],
		[
			'the specification’s holder',
			{ status: 'SOLD', holder: 'zoe' },
			{ status: 'SOLD', reservedBy: 'zoe' }
		],
		[
			'a version 0 hold',
			{ status: 'RESERVED', reservedBy: 'zoe', reservedUntil: 5 },
			{ status: 'RESERVED', reservedBy: 'zoe', reservedUntil: 5 }
		],
		['a version 0 free seat', { status: 'AVAILABLE', reservedBy: null, reservedUntil: null }, {}]
	])('reads %s', (_, stored, expected) => {
		expect(migrateSeat(stored)).toEqual({ ...initialSeat(), ...expected });
	});

	it('leaves the state of the current version as it is', () => {
		const state = { ...initialSeat(), epoch: 7 };
		expect(migrateSeat(state)).toEqual(state);
		expect(migrateSeat({ ...state, history: [entry(7)] })).toEqual(state);
	});

	it('has what scans ask for first, in whichever order it was stored', () => {
		const reversed = Object.fromEntries(Object.entries(initialSeat()).reverse());
		const first = ['v', 'status', 'epoch', 'changedAt', 'reservedUntil'];
		expect(Object.keys(migrateSeat(reversed)).slice(0, 5)).toEqual(first);
		expect(Object.keys(initialSeat()).slice(0, 5)).toEqual(first);
	});

	it.each([['free'], [{ status: 'LOST' }], [[]]])('refuses %j', (stored) => {
		expect(() => migrateSeat(stored)).toThrow(/Stored seat/);
	});
});

describe('viewSeat', () => {
	const held = { ...initialSeat(), status: 'RESERVED', reservedUntil: 100 } as const;

	it('tells the time left on a live hold', () => {
		expect(viewSeat('e:s', held, 40)).toMatchObject({
			status: 'RESERVED',
			msLeft: 60,
			overdue: false
		});
	});

	it('shows a lapsed hold as available, and as overdue', () => {
		expect(viewSeat('e:s', held, 100)).toMatchObject({
			status: 'AVAILABLE',
			msLeft: null,
			overdue: true
		});
	});
});

describe('appendHistory', () => {
	it('keeps the newest twenty, newest first', () => {
		const all = Array.from({ length: 25 }, (_, n) => entry(n + 1)).reduce<SeatTransition[]>(
			(history, next) => appendHistory(history, next),
			[]
		);
		expect(all.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 20 }, (_, n) => 25 - n));
	});
});

describe('a history that an older version kept apart', () => {
	const seat = (epoch: number, ...history: number[]) => ({
		...initialSeat(),
		...(history.length > 0 ? { history: history.map(entry) } : {}),
		epoch
	});

	it.each([
		['nothing is stored', null, true],
		['it never changed', seat(0), true],
		['its own tells the last transition', seat(2, 2, 1), true],
		['it has none of its own', seat(2), false],
		['its own ends before', seat(3, 2, 1), false]
	])('is looked for unless it is told: %s', (_, stored, told) => {
		expect(isTold(stored)).toBe(told);
	});

	it('is told once, in order, and at most twenty of it', () => {
		const epochs = (own: number[], apart: number[]) =>
			mergeHistories(own.map(entry), apart.map(entry)).map(({ epoch }) => epoch);
		expect(epochs([4, 2], [3, 2, 1])).toEqual([4, 3, 2, 1]);
		expect(epochs([], [2, 1])).toEqual([2, 1]);
		const many = Array.from({ length: 20 }, (_, n) => 20 - n);
		expect(epochs([21], many)).toEqual([21, ...many.slice(0, 19)]);
	});
});
