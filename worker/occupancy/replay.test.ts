import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SeatThen } from '../../shared/occupancy.ts';
import { replayOf } from './replay.ts';
import type { Frame } from './replay.ts';

const SEATS = 6;
const frame: Frame = { version: 1, revision: 3, at: 100, codes: '0'.repeat(SEATS) };

/** Changes of different seats and times, told in any order: some were found late. */
const pasts = fc.uniqueArray(
	fc.tuple(fc.integer({ min: 100, max: 200 }), fc.nat(SEATS - 1), fc.nat(2)),
	{ selector: ([at]) => at }
);

const seatsAt = (changes: readonly SeatThen[], moment: number): string => {
	const codes = frame.codes.split('');
	for (const [at, index, code] of [...changes].sort((a, b) => a[0] - b[0]))
		if (at <= moment) codes[index] = String(code);
	return codes.join('');
};

it('shows any moment as the seats were then, and carries it to any later one', () => {
	const moment = fc.integer({ min: 100, max: 210 });
	fc.assert(
		fc.property(pasts, moment, moment, (changes, one, other) => {
			const [from, to] = [Math.min(one, other), Math.max(one, other)];
			const replay = replayOf({ frame, changes, from, to, oldest: 100 });
			expect(replay).toMatchObject({ revision: 3, from, to, oldest: 100 });
			expect(replay.codes).toBe(seatsAt(changes, from));
			expect(replay.changes.every(([at]) => at > from && at <= to)).toBe(true);
			const codes = replay.codes.split('');
			for (const [, index, code] of replay.changes) codes[index] = String(code);
			expect(codes.join('')).toBe(seatsAt(changes, to));
		})
	);
});
