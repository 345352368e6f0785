import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OccupancyReplay, SeatThen } from '$shared/occupancy.ts';
import { Tape } from './tape.ts';

const SEATS = 12;
const LENGTH = 1000;

const digits = fc
	.array(fc.nat(2), { minLength: SEATS, maxLength: SEATS })
	.map((codes) => codes.join(''));
const changes = fc
	.array(fc.tuple(fc.nat(LENGTH), fc.nat(SEATS - 1), fc.nat(2)), { maxLength: 60 })
	.map((all): SeatThen[] => all.sort(([a], [b]) => a - b));
const replay = fc
	.record({ codes: digits, changes })
	.map((some): OccupancyReplay => ({ revision: 1, from: 0, to: LENGTH, oldest: 0, ...some }));

/** The picture at a moment, from the beginning. */
function scratch({ codes, changes: all }: OccupancyReplay, at: number): number[] {
	const picture = Array.from(codes, Number);
	for (const [when, seat, code] of all) if (when <= at) picture[seat] = code;
	return picture;
}

describe('Tape', () => {
	it('wound anywhere, in any order, shows what the changes until then make', () => {
		fc.assert(
			fc.property(replay, fc.array(fc.integer({ min: -5, max: LENGTH + 5 })), (past, moments) => {
				const tape = new Tape(past);
				for (const at of moments) {
					tape.seek(at);
					expect([...tape.codes]).toEqual(scratch(past, at));
				}
			})
		);
	});

	it('names every seat that changed', () => {
		fc.assert(
			fc.property(replay, fc.nat(LENGTH), fc.nat(LENGTH), (past, first, second) => {
				const tape = new Tape(past);
				tape.seek(first);
				const before = tape.codes.slice();
				const moved = new Set(tape.seek(second));
				tape.codes.forEach((code, seat) => {
					if (code !== before[seat]) expect(moved).toContain(seat);
				});
			})
		);
	});

	it('knows which moments it holds', () => {
		const tape = new Tape({ revision: 1, from: 10, to: 20, codes: '0', changes: [], oldest: 0 });
		expect([9, 10, 19, 20].map((at) => tape.holds(at))).toEqual([false, true, true, false]);
	});
});
