import { describe, expect, it } from 'vitest';
import { initialSeat } from './seat.ts';
import { appendHistory, migrateSeat, viewSeat } from './seat-history.ts';
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

	it('leaves the current version as it is', () => {
		const state = { ...initialSeat(), epoch: 7 };
		expect(migrateSeat(state)).toBe(state);
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
