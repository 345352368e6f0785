import { describe, expect, it } from 'vitest';
import type { OccupancyReplay } from '$shared/occupancy.ts';
import { SETTLED_MS, Shelf, TAPE_MS } from './shelf.ts';

/** A server whose present is `now`, and which answers at most `longest` ms at a time. */
function server({ now = 20 * TAPE_MS, longest = TAPE_MS } = {}) {
	const asked: number[] = [];
	const state = { now, fails: false };
	const answer = (from: number, to: number): Promise<OccupancyReplay> => {
		asked.push(from);
		if (state.fails) return Promise.reject(new Error('no answer'));
		const until = Math.min(to, from + longest);
		return Promise.resolve({ revision: 1, from, to: until, codes: '0', changes: [], oldest: 0 });
	};
	const shelf = new Shelf(answer, () => state.now + SETTLED_MS);
	return { shelf, asked, state };
}

describe('Shelf', () => {
	it('fetches a tape once, however many of its moments are asked for', async () => {
		const { shelf, asked } = server();
		const tapes = await Promise.all([TAPE_MS, TAPE_MS + 5, TAPE_MS + 5].map((at) => shelf.at(at)));
		expect(new Set(tapes).size).toBe(1);
		await shelf.at(TAPE_MS + 9);
		expect(asked).toEqual([TAPE_MS]);
	});

	it('goes on where an answer was cut', async () => {
		const { shelf } = server({ longest: TAPE_MS / 4 });
		const tape = await shelf.at(0.6 * TAPE_MS);
		expect([tape.from, tape.to]).toEqual([0.5 * TAPE_MS, 0.75 * TAPE_MS]);
	});

	it('ends at the present, and goes on once that has moved', async () => {
		const { shelf, state } = server({ now: 0.5 * TAPE_MS });
		expect((await shelf.at(0.7 * TAPE_MS)).to).toBe(0.5 * TAPE_MS);
		expect((await shelf.at(0.2 * TAPE_MS)).from).toBe(0);
		state.now = TAPE_MS;
		expect((await shelf.at(0.7 * TAPE_MS)).holds(0.7 * TAPE_MS)).toBe(true);
	});

	it('has what was prepared at hand', async () => {
		const { shelf, asked } = server();
		shelf.prepare(3 * TAPE_MS);
		await shelf.at(3 * TAPE_MS);
		shelf.prepare(3 * TAPE_MS);
		expect(asked).toEqual([3 * TAPE_MS]);
	});

	it('tries again after a failure', async () => {
		const { shelf, state } = server();
		state.fails = true;
		shelf.prepare(0);
		await expect(shelf.at(0)).rejects.toThrow('no answer');
		state.fails = false;
		expect((await shelf.at(0)).holds(0)).toBe(true);
	});

	it('keeps few tapes', async () => {
		const { shelf, asked } = server();
		for (let n = 0; n < 10; n++) await shelf.at(n * TAPE_MS);
		await shelf.at(9 * TAPE_MS);
		expect(asked).toHaveLength(10);
		await shelf.at(0);
		expect(asked).toHaveLength(11);
	});
});
