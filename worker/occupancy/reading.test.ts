import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideSeat, initialSeat } from '../../shared/seat.ts';
import type { SeatCommand, SeatState } from '../../shared/seat.ts';
import { appendHistory } from '../../shared/seat-history.ts';
import type { SeatTransition } from '../../shared/seat-history.ts';
import { decodeChunks, encodeChunk } from './chunk.ts';
import { NO_SUMS } from './diff.ts';
import { applyChanges, emptyPicture } from './picture.ts';
import type { Picture } from './picture.ts';
import { findChanges } from './reading.ts';
import type { Basis, SeatSource } from './reading.ts';
import { readScan } from './scan.ts';
import { codeOf, KIND } from './transitions.ts';
import type { Kind, Move } from './transitions.ts';

/** The plan's seats, and one that it does not have. */
const IDS = ['A-1', 'A-2', 'A-3', 'B-1', 'B-2'];
const STRAY = 'Z-9';
const indexOf = new Map(IDS.map((id, index) => [id, index]));
const HOLD_MS = 100;

interface Seat {
	state: SeatState;
	history: SeatTransition[];
}

/** Seats that are driven by the real state machine, and read as Restate's SQL would. */
class World {
	readonly seats = new Map<string, Seat>();
	now = 1_000;
	scans: (number | null)[] = [];
	/** The seats whose histories were looked up. */
	lookedUp: string[] = [];

	do(id: string, command: SeatCommand, actor: string, skew = 0): void {
		const { state, history } = this.seats.get(id) ?? { state: initialSeat(), history: [] };
		const decision = decideSeat(state, command, this.now + skew);
		if (!decision.ok || !decision.changed) return;
		const next = decision.state;
		const entry: SeatTransition = {
			...{ at: next.changedAt, event: command.type, from: state.status, to: next.status },
			...{ epoch: next.epoch, actor, reason: null, invocationId: 'inv' },
			...{ holdId: next.holdId ?? state.holdId, orderId: next.orderId ?? state.orderId }
		};
		this.seats.set(id, { state: next, history: appendHistory(history, entry) });
	}

	act(id: string, command: number, user: string): void {
		this.do(id, commandFor(this.seats.get(id)?.state ?? initialSeat(), user, command), user);
	}

	/** @param lagging a seat whose newest transition has not come to its history; an older version's may be */
	source(lagging?: string): SeatSource {
		return {
			scan: (since) => {
				this.scans.push(since);
				const states = [...this.seats].map(([id, { state }]) => ({ id, ...state }));
				const lines = states
					.filter(({ changedAt }) => since === null || changedAt >= since)
					.map(({ id, status, epoch, reservedUntil, changedAt }) =>
						[id, status, epoch, reservedUntil ?? '', changedAt].join(' ')
					);
				const count = (status: string) => states.filter((seat) => seat.status === status).length;
				return Promise.resolve(
					readScan({
						epochs: states.reduce((sum, { epoch }) => sum + epoch, 0),
						held: count('RESERVED'),
						sold: count('SOLD'),
						...(lines.length > 0 ? { seats: lines.join(';') } : {})
					})
				);
			},
			histories: (ids) => {
				this.lookedUp.push(...ids);
				return Promise.resolve(
					new Map(
						ids.map((id) => [id, this.seats.get(id)?.history.slice(id === lagging ? 1 : 0) ?? []])
					)
				);
			}
		};
	}

	/** What the plan's seats are, one by one. */
	picture(): Picture {
		const picture = emptyPicture(IDS.length);
		IDS.forEach((id, index) => {
			const state = this.seats.get(id)?.state ?? initialSeat();
			picture.codes[index] = codeOf(state.status);
			picture.untils[index] = state.reservedUntil ?? 0;
			picture.epochs[index] = state.epoch;
		});
		return picture;
	}

	transitions(): SeatTransition[] {
		return IDS.flatMap((id) => this.seats.get(id)?.history ?? []);
	}
}

/** The one who follows a world: a picture, and every move that was told. */
class Follower {
	basis: Basis = { picture: emptyPicture(IDS.length), strays: NO_SUMS, since: null };
	readonly moves: Move[] = [];

	async refresh(world: World, margin: number, lagging?: string): Promise<void> {
		const source = world.source(lagging);
		const { changes, moves, strays } = await findChanges(source, this.basis, indexOf, world.now);
		const { picture } = this.basis;
		applyChanges(picture, changes);
		// As it is stored, and read again.
		const stored = decodeChunks([encodeChunk(picture, 0)], IDS.length);
		this.basis = { picture: stored, strays, since: world.now - margin };
		this.moves.push(...moves);
	}

	count(...kinds: Kind[]): number {
		return this.moves.filter(([, , , , kind]) => kinds.includes(kind)).length;
	}
}

type Step =
	| { type: 'act'; id: string; user: string; command: number; skew: number }
	| { type: 'pass'; ms: number }
	| { type: 'refresh'; margin: number; lags: boolean };

const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof(
		{
			weight: 6,
			arbitrary: fc.record({
				type: fc.constant<'act'>('act'),
				id: fc.constantFrom(...IDS, STRAY),
				user: fc.constantFrom('ann', 'bob'),
				command: fc.nat(5),
				skew: fc.integer({ min: -40, max: 40 })
			})
		},
		{
			weight: 2,
			arbitrary: fc.record({
				type: fc.constant<'pass'>('pass'),
				ms: fc.integer({ min: 0, max: HOLD_MS })
			})
		},
		{
			weight: 2,
			arbitrary: fc.record({
				type: fc.constant<'refresh'>('refresh'),
				// Less than the skew of the clocks: a partial scan misses changes.
				margin: fc.constantFrom(0, 10, 100),
				lags: fc.boolean()
			})
		}
	),
	{ maxLength: 120 }
);

function commandFor(state: SeatState, user: string, number: number): SeatCommand {
	const holdId = state.holdId ?? 'none';
	const orderId = state.orderId ?? `order-${user}`;
	const commands: SeatCommand[] = [
		{
			...{ type: 'reserve', userId: user, defaultHoldId: `${user}-${state.epoch}` },
			...{ checkoutId: number % 2 === 0 ? null : `co-${user}`, holdForMs: HOLD_MS }
		},
		{ type: 'confirm', holdId, orderId },
		{ type: 'release', holdId, orderId },
		{ type: 'extend', holdId, until: (state.reservedUntil ?? 0) + 50 },
		{ type: 'expire', holdId, until: state.reservedUntil ?? 0 },
		{ type: 'force-release', epoch: state.epoch }
	];
	return commands[number] as SeatCommand;
}

async function follow(all: readonly Step[]): Promise<{ world: World; follower: Follower }> {
	const world = new World();
	const follower = new Follower();
	const touched = new Map<string, number>();
	for (const step of all) {
		if (step.type === 'pass') world.now += step.ms;
		else if (step.type === 'refresh') {
			const lagging = step.lags ? [...world.seats.keys()].at(-1) : undefined;
			await follower.refresh(world, step.margin, lagging);
			touched.clear();
		} else {
			const { id, user, skew } = step;
			const state = world.seats.get(id)?.state ?? initialSeat();
			const times = touched.get(id) ?? 0;
			// A history keeps 20 transitions; more between two looks are lost to anyone.
			if (times >= 20) continue;
			touched.set(id, times + 1);
			world.do(id, commandFor(state, user, step.command), user, skew);
		}
	}
	await follower.refresh(world, 0);
	return { world, follower };
}

describe('a picture that follows the seats', () => {
	it('equals them one by one, whatever happened between the readings', async () => {
		await fc.assert(
			fc.asyncProperty(steps, async (all) => {
				const { world, follower } = await follow(all);
				expect(follower.basis.picture).toEqual(world.picture());
			}),
			{ numRuns: 300 }
		);
	});

	it('counts each transition once, and its stock follows from its flow', async () => {
		const prompt = steps.map((all) =>
			all.map((step) => (step.type === 'refresh' ? { ...step, lags: false } : step))
		);
		await fc.assert(
			fc.asyncProperty(prompt, async (all) => {
				const { follower } = await follow(all);
				const { codes } = follower.basis.picture;
				const taken = codes.reduce((sum, code) => sum + Number(code > 0), 0);
				const sold = codes.reduce((sum, code) => sum + Number(code === 2), 0);
				const freed = follower.count(KIND.released, KIND.expired);
				expect(follower.count(KIND.reserved) - freed).toBe(taken);
				const refunds = follower.moves.filter(([, , from, to]) => from === 2 && to === 0);
				expect(follower.count(KIND.confirmed) - refunds.length).toBe(sold);
				for (const index of IDS.keys()) {
					const own = follower.moves.filter((move) => move[1] === index);
					own.slice(1).forEach((move, n) => expect(move[2]).toBe(own[n]?.[3]));
				}
			}),
			{ numRuns: 300 }
		);
	});

	it('sums up to what the histories tell', async () => {
		const { world, follower } = await follow([
			{ type: 'act', id: 'A-1', user: 'ann', command: 0, skew: 0 },
			{ type: 'act', id: 'A-1', user: 'ann', command: 1, skew: 0 },
			{ type: 'act', id: 'B-1', user: 'bob', command: 0, skew: 0 },
			{ type: 'refresh', margin: 0, lags: false },
			{ type: 'pass', ms: HOLD_MS },
			// Somebody else takes the hold that lapsed, before its timer came.
			{ type: 'act', id: 'B-1', user: 'ann', command: 0, skew: 0 }
		]);
		expect(follower.moves).toHaveLength(world.transitions().length);
		expect(follower.count(KIND.reserved)).toBe(2);
		expect(follower.count(KIND.takeover)).toBe(1);
	});
});

describe('a reading', () => {
	const busy = (): World => {
		const world = new World();
		for (const id of [...IDS.slice(0, 3), STRAY])
			world.do(id, commandFor(initialSeat(), 'ann', 0), 'ann');
		return world;
	};

	it('reads all seats once, and then those that changed', async () => {
		const world = busy();
		const follower = new Follower();
		await follower.refresh(world, 0);
		world.now += 10;
		world.do('B-1', commandFor(initialSeat(), 'bob', 0), 'bob');
		await follower.refresh(world, 0);
		expect(world.scans).toEqual([null, 1_000]);
		expect(follower.basis.picture).toEqual(world.picture());
	});

	it('reads all again when the sums tell that it missed a seat', async () => {
		const world = busy();
		const follower = new Follower();
		await follower.refresh(world, 0);
		world.now += 10;
		world.do('B-1', commandFor(initialSeat(), 'bob', 0), 'bob', -50);
		await follower.refresh(world, 0);
		expect(world.scans).toEqual([null, 1_000, null]);
		expect(follower.basis.picture).toEqual(world.picture());
	});

	it('takes a seat as it is whose history never tells', async () => {
		const world = busy();
		const follower = new Follower();
		await follower.refresh(world, 0);
		world.now += 10;
		world.act('A-1', 2, 'ann');
		await follower.refresh(world, 0, 'A-1');
		expect(follower.basis.picture).toEqual(world.picture());
		expect(follower.moves.at(-1)).toEqual([1_010, 0, 1, 0, KIND.other]);
	});

	it('looks up no history of a seat that only was held, or sold', async () => {
		const world = busy();
		const follower = new Follower();
		await follower.refresh(world, 0);
		world.now += 10;
		world.act('A-1', 1, 'ann');
		await follower.refresh(world, 0);
		expect(world.lookedUp).toEqual([]);
		expect(follower.moves.slice(-1)).toEqual([[1_010, 0, 1, 2, KIND.confirmed]]);
		world.act('A-2', 2, 'ann');
		world.act('A-3', 1, 'ann');
		world.act('A-3', 2, 'ann');
		world.act('B-1', 0, 'bob');
		world.act('B-1', 1, 'bob');
		await follower.refresh(world, 0);
		expect(world.lookedUp).toEqual(['A-2', 'A-3', 'B-1']);
		expect(follower.moves).toHaveLength(world.transitions().length);
	});

	it('frees a seat whose state is gone', async () => {
		const world = busy();
		const follower = new Follower();
		await follower.refresh(world, 0);
		world.seats.delete('A-2');
		world.now += 10;
		await follower.refresh(world, 0);
		expect(follower.basis.picture).toEqual(world.picture());
	});
});
