import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AVAILABLE, HELD, SERIES_STEPS, SOLD } from '../../shared/occupancy.ts';
import { rollUp } from './rollup.ts';
import type { Sample } from './rollup.ts';
import { KIND } from './transitions.ts';
import type { Kind, Move } from './transitions.ts';

const SEATS = 100;
const AT = 1_700_000_000_500;

const sample = (moves: Move[], more: Partial<Sample> = {}): Sample => ({
	at: AT,
	seats: SEATS,
	before: { held: 10, sold: 5 },
	counts: { available: 85, held: 10, sold: 5, overdue: 0 },
	moves,
	...more
});

const pointsOf = (step: number, of: Sample) => rollUp(of).filter((point) => point.step === step);

describe('a rollup', () => {
	it('has one point a step when nothing moved', () => {
		const nothing = { reserved: 0, confirmed: 0, released: 0, expired: 0 };
		const counts = { available: 85, held: 10, sold: 5, overdue: 0 };
		expect(rollUp(sample([]))).toEqual([
			{ step: 1, at: AT - 500, ...counts, ...nothing },
			{ step: 10, at: AT - 500, ...counts, ...nothing },
			{ step: 60, at: AT - 20_500, ...counts, ...nothing }
		]);
	});

	it('counts a transition in its own step, with the seats as they were at its end', () => {
		const moves: Move[] = [
			[AT - 2_000, 0, HELD, SOLD, KIND.confirmed],
			[AT - 3_000, 1, AVAILABLE, HELD, KIND.reserved]
		];
		const counts = { available: 84, held: 9, sold: 7, overdue: 0 };
		expect(pointsOf(1, sample(moves, { counts }))).toMatchObject([
			{ at: AT - 3_500, available: 84, held: 11, sold: 5, reserved: 1, confirmed: 0 },
			{ at: AT - 2_500, available: 84, held: 10, sold: 6, reserved: 0, confirmed: 1 },
			{ at: AT - 500, ...counts, reserved: 0, confirmed: 0 }
		]);
	});

	it('counts a takeover as the end of one hold and the begin of another', () => {
		const [point] = pointsOf(60, sample([[AT, 0, HELD, HELD, KIND.takeover]]));
		expect(point).toMatchObject({ reserved: 1, expired: 1, held: 10 });
	});

	it('leaves out what a step does not keep any more', () => {
		const old: Move = [AT - 11 * 60_000, 0, AVAILABLE, HELD, KIND.reserved];
		const points = rollUp(sample([old])).filter(({ reserved }) => reserved > 0);
		expect(points.map(({ step }) => step)).toEqual([10, 60]);
	});

	it('adds up to the same flow in every step, however it is cut', () => {
		const moves = fc.array(
			fc.tuple(
				fc.integer({ min: AT - 500_000, max: AT + 5_000 }),
				fc.nat(SEATS - 1),
				fc.constantFrom(AVAILABLE, HELD, SOLD),
				fc.constantFrom(AVAILABLE, HELD, SOLD),
				fc.constantFrom<Kind>(...Object.values(KIND))
			)
		);
		const flowOf = (samples: Sample[], step: number) =>
			samples
				.flatMap((one) => pointsOf(step, one))
				.reduce(
					(sum, { reserved, confirmed, released, expired }) => [
						...[(sum[0] ?? 0) + reserved, (sum[1] ?? 0) + confirmed],
						...[(sum[2] ?? 0) + released, (sum[3] ?? 0) + expired]
					],
					[0, 0, 0, 0]
				);
		fc.assert(
			fc.property(moves, fc.nat(30), (all, cut) => {
				const whole = flowOf([sample(all)], 1);
				for (const step of SERIES_STEPS)
					expect(flowOf([sample(all.slice(0, cut)), sample(all.slice(cut))], step)).toEqual(whole);
			})
		);
	});
});
