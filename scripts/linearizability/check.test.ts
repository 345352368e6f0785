import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLinearizable } from './check.ts';
import type { Model, Operation } from './check.ts';
import { seatRegister } from './seat-register.ts';
import type { SeatOperation } from './seat-register.ts';

type History = Operation<SeatOperation>[];

/** Without an end: nobody knows whether it took effect. */
const op = (from: number, to: number | null, input: SeatOperation): History[number] => ({
	from,
	to,
	input,
	optional: to === null
});
const maybe = (from: number, to: number, input: SeatOperation): History[number] => ({
	...op(from, to, input),
	optional: true
});
const sometime = (from: number, input: SeatOperation): History[number] => ({
	...op(from, null, input),
	optional: false
});
const take = (hold: string): SeatOperation => ({ did: 'take', hold });
const confirm = (order: string): SeatOperation => ({ did: 'confirm', order });
const giveBack = (order: string): SeatOperation => ({ did: 'give-back', order });
const lapse = (hold: string): SeatOperation => ({ did: 'lapse', hold });
const refused = (hold: string): SeatOperation => ({ did: 'refuse-held', hold });
const soldOut = (hold: string): SeatOperation => ({ did: 'refuse-sold', hold });
const free: SeatOperation = { did: 'read', seen: 'AVAILABLE' };

const valid: [name: string, history: History][] = [
	['nothing happened', []],
	[
		'taken, confirmed, refused',
		[op(0, 1, take('a')), op(2, 3, confirm('a')), op(4, 5, soldOut('b'))]
	],
	['refused while the winner was still under way', [op(0, 9, take('a')), op(1, 2, refused('b'))]],
	[
		'overlapping calls in the other order',
		[op(0, 5, take('b')), op(1, 2, take('a')), op(1, 4, giveBack('a'))]
	],
	['a lost answer that took effect', [op(0, null, take('a')), op(5, 6, refused('b'))]],
	['a lost answer that took none', [op(0, null, take('a')), op(5, 6, take('b'))]],
	[
		'taken after the hold lapsed',
		[op(0, 1, take('a')), op(10, null, lapse('a')), op(11, 12, take('b'))]
	],
	[
		'confirmed after the hold lapsed, as nobody took it',
		[op(0, 1, take('a')), op(10, null, lapse('a')), op(11, 12, free), op(13, 14, confirm('a'))]
	],
	[
		'sold again after a refund',
		[
			op(0, 1, take('a')),
			op(2, 3, confirm('a')),
			op(4, 5, giveBack('a')),
			op(6, 7, take('b')),
			op(8, 9, confirm('b'))
		]
	],
	[
		'a plain hold passes to its checkout',
		[op(0, 1, take('u')), op(2, 3, { did: 'take', hold: 'a', handover: 'u' })]
	],
	[
		'an operator freed it',
		[op(0, 1, take('a')), op(2, 3, { did: 'force-release' }), op(4, 5, take('b'))]
	]
];

const invalid: [name: string, history: History][] = [
	[
		'sold twice',
		[op(0, 1, take('a')), op(0, 1, take('b')), op(2, 3, confirm('a')), op(2, 3, confirm('b'))]
	],
	['given to two at once', [op(0, 1, take('a')), op(2, 3, take('b'))]],
	['refused although nobody had it', [op(0, 1, refused('b')), op(2, 3, take('a'))]],
	[
		'taken before the hold lapsed',
		[op(0, 1, take('a')), op(2, 3, take('b')), op(10, null, lapse('a'))]
	],
	[
		'a stale hold confirmed',
		[
			op(0, 1, take('a')),
			op(2, null, lapse('a')),
			op(3, 4, take('b')),
			op(5, 6, confirm('a')),
			op(7, 8, { did: 'read', seen: 'RESERVED', hold: 'b' })
		]
	],
	[
		'what may have happened came too late',
		[maybe(0, 3, take('a')), op(4, 5, free), op(6, 7, refused('b'))]
	],
	[
		'a sale that surely happened never shows',
		[sometime(0, take('a')), sometime(0, confirm('a')), op(3, 4, take('b')), op(5, 6, confirm('b'))]
	],
	[
		'held on after the order had failed',
		[
			maybe(0, 4, take('a')),
			op(0, 4, giveBack('a')),
			op(5, 5, { did: 'have-not', order: 'a' }),
			op(6, 7, refused('b'))
		]
	],
	['a read from the past', [op(0, 1, take('a')), op(2, 3, confirm('a')), op(4, 5, free)]],
	[
		'a sold seat released by an operator',
		[op(0, 1, take('a')), op(2, 3, confirm('a')), op(4, 5, { did: 'force-release' })]
	],
	[
		'a stranger’s compensation freed it',
		[op(0, 1, take('a')), op(2, 3, giveBack('b')), op(4, 5, take('c'))]
	]
];

describe('histories of a seat', () => {
	test.each(valid)('%s: allowed', (_, history) => {
		expect(checkLinearizable(seatRegister, history).linearizable).toBe(true);
	});

	test.each(invalid)('%s: not allowed', (_, history) => {
		const verdict = checkLinearizable(seatRegister, history);
		expect(verdict.linearizable).toBe(false);
		expect(!verdict.linearizable && verdict.stuck.length).toBeGreaterThan(0);
	});

	test('a crowd of a thousand refused at once is decided', () => {
		const crowd = Array.from({ length: 1_000 }, (_, index) => op(0, 1_000, refused(`b${index}`)));
		expect(checkLinearizable(seatRegister, [...crowd, op(1, 900, take('a'))]).linearizable).toBe(
			true
		);
		expect(checkLinearizable(seatRegister, crowd).linearizable).toBe(false);
	});
});

test('a long history with much that may have happened is decided', () => {
	const buyers = Array.from({ length: 1_500 }, (_, n) => [`o${n}`, n * 10] as const);
	const history = buyers.flatMap(([order, from]) => [
		op(from, from + 6, take(order)),
		maybe(from, from + 8, giveBack(order)),
		op(from, from + 8, giveBack(order)),
		op(from + 9, from + 9, { did: 'have-not', order }),
		op(from + 100, null, lapse(order)),
		op(from, null, giveBack(order))
	]);
	expect(checkLinearizable(seatRegister, history).linearizable).toBe(true);
});

test('calls whose answers were lost, and that took no effect, cost the walk next to nothing', () => {
	let steps = 0;
	const counted: typeof seatRegister = {
		...seatRegister,
		step: (seat, input) => (steps++, seatRegister.step(seat, input))
	};
	const lost = Array.from({ length: 40 }, (_, n) => op(n, null, take(`lost${n}`)));
	const sold = Array.from({ length: 40 }, (_, n) => [`o${n}`, 100 + n * 10] as const).flatMap(
		([order, from]) => [
			op(from, from + 1, free),
			op(from + 1, from + 3, take(order)),
			op(from + 2, from + 4, giveBack(order))
		]
	);
	expect(checkLinearizable(counted, [...lost, ...sold]).linearizable).toBe(true);
	expect(steps).toBeLessThan(100 * (lost.length + sold.length));
});

/** The definition itself: some order of all that must be placed and some of the others fits. */
function bruteForce<State, Input>(
	model: Model<State, Input>,
	missing: readonly Operation<Input>[],
	state: State = model.initial,
	latest = -Infinity
): boolean {
	if (missing.every(({ optional }) => optional)) return true;
	return missing.some((next, index) => {
		const others = missing.filter((_, other) => other !== index);
		const ended = others.some(({ to, optional }) => !optional && to !== null && to < next.from);
		if (ended || (next.to ?? Infinity) < latest) return false;
		const then = Math.max(latest, next.from);
		return model.step(state, next.input).some((after) => bruteForce(model, others, after, then));
	});
}

const names = fc.constantFrom('a', 'b');
const anOperation = fc.oneof(
	names.map(take),
	fc
		.tuple(names, names)
		.map(([hold, handover]): SeatOperation => ({ did: 'take', hold, handover })),
	names.map(confirm),
	names.map(giveBack),
	names.map(lapse),
	names.map(refused),
	names.map(soldOut),
	fc.constant(free),
	fc.constant<SeatOperation>({ did: 'force-release' }),
	names.map((order): SeatOperation => ({ did: 'have-not', order })),
	names.map((hold): SeatOperation => ({ did: 'read', seen: 'RESERVED', hold })),
	names.map((order): SeatOperation => ({ did: 'read', seen: 'SOLD', order }))
);
const aHistory = fc.array(
	fc
		.record({
			from: fc.nat(12),
			length: fc.option(fc.nat(6), { freq: 5 }),
			optional: fc.boolean(),
			input: anOperation
		})
		.map(({ length, ...operation }) => ({
			...operation,
			to: length === null ? null : operation.from + length
		})),
	{ maxLength: 7 }
);

test('random histories get the verdict of brute force, and a found order is one of the model', () => {
	const verdicts = { true: 0, false: 0 };
	fc.assert(
		fc.property(aHistory, (history) => {
			const verdict = checkLinearizable(seatRegister, history);
			verdicts[`${verdict.linearizable}`]++;
			expect(verdict.linearizable).toBe(bruteForce(seatRegister, history));
			if (!verdict.linearizable) return;
			const states = verdict.order.reduce(
				(before, { input }) => before.flatMap((state) => seatRegister.step(state, input)),
				[seatRegister.initial]
			);
			expect(states.length).toBeGreaterThan(0);
		}),
		{ numRuns: 3_000 }
	);
	// Both occur often enough for the comparison to mean something.
	expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(300);
});

test('random walks of the register are always allowed', () => {
	fc.assert(
		fc.property(fc.array(anOperation, { maxLength: 60 }), fc.nat(5), (inputs, overlap) => {
			let state = seatRegister.initial;
			const history: History = [];
			for (const input of inputs) {
				const next = seatRegister.step(state, input).at(-1);
				if (next === undefined) continue;
				state = next;
				const moment = history.length * 2;
				history.push(op(moment - overlap, moment + overlap, input));
			}
			expect(checkLinearizable(seatRegister, history).linearizable).toBe(true);
		})
	);
});
