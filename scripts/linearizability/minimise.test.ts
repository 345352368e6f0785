import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLinearizable } from './check.ts';
import type { Operation } from './check.ts';
import { minimise } from './minimise.ts';
import { seatRegister } from './seat-register.ts';
import type { SeatOperation } from './seat-register.ts';

type Step = Operation<SeatOperation>;

const op = (from: number, to: number | null, input: SeatOperation): Step => ({
	from,
	to,
	input,
	optional: to === null
});
const take = (hold: string): SeatOperation => ({ did: 'take', hold });
const confirm = (order: string): SeatOperation => ({ did: 'confirm', order });
const giveBack = (order: string): SeatOperation => ({ did: 'give-back', order });
const heldBy = (hold: string): SeatOperation => ({ did: 'read', seen: 'RESERVED', hold });
const free: SeatOperation = { did: 'read', seen: 'AVAILABLE' };

const isPossible = (history: readonly Step[]): boolean =>
	checkLinearizable(seatRegister, history).linearizable;

const input: fc.Arbitrary<SeatOperation> = fc.oneof(
	...['a', 'b'].flatMap((name) =>
		[take, confirm, giveBack, heldBy].map((make) => fc.constant(make(name)))
	),
	fc.constant(free)
);
const step: fc.Arbitrary<Step> = fc
	.tuple(fc.nat(30), fc.option(fc.nat(6)), input)
	.map(([from, length, each]) => op(from, length === null ? null : from + length, each));

describe('minimise', () => {
	test('leaves out what came later and what was only looked at', () => {
		const history = [
			op(0, 1, free),
			op(2, 3, take('a')),
			op(4, 5, heldBy('a')),
			op(6, 7, take('b')),
			op(8, 9, heldBy('b')),
			op(10, 11, confirm('b'))
		];
		expect(minimise(seatRegister, history)).toEqual([op(2, 3, take('a')), op(6, 7, take('b'))]);
	});

	test('keeps the change that makes a look impossible', () => {
		const history = [op(0, 1, take('a')), op(2, 3, heldBy('a')), op(4, 5, free)];
		expect(minimise(seatRegister, history)).toEqual([op(0, 1, take('a')), op(4, 5, free)]);
	});

	test('takes a call that was under way at the end for one that may not have happened', () => {
		const history = [
			op(0, 9, giveBack('a')),
			op(1, 2, take('a')),
			op(3, 4, take('b')),
			op(5, 6, heldBy('a'))
		];
		expect(isPossible(history)).toBe(false);
		expect(minimise(seatRegister, history)).toContainEqual({
			...op(0, null, giveBack('a')),
			optional: true
		});
	});

	test('of any impossible history is impossible, and possible with one look less', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 9 }), (history) => {
				fc.pre(!isPossible(history));
				const least = minimise(seatRegister, history);
				expect(isPossible(least)).toBe(false);
				for (const look of least.filter((each) => seatRegister.observes(each.input)))
					expect(isPossible(least.filter((other) => other !== look))).toBe(true);
			})
		);
	});
});
