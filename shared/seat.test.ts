import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideSeat, effectiveStatus, initialSeat, MAX_HOLD_MS } from './seat.ts';
import type { SeatCommand, SeatState } from './seat.ts';

const users = ['alice', 'bob'];
const holds = ['h1', 'h2', 'h3'];
const orders = ['o1', 'o2'];

const command: fc.Arbitrary<SeatCommand> = fc.oneof(
	fc.record({
		type: fc.constant('reserve' as const),
		userId: fc.constantFrom(...users),
		holdId: fc.option(fc.constantFrom(...holds), { nil: undefined }),
		defaultHoldId: fc.constantFrom('d1', 'd2'),
		checkoutId: fc.option(fc.constantFrom('c1', 'c2'), { nil: null }),
		holdForMs: fc.integer({ min: 1, max: MAX_HOLD_MS })
	}),
	fc.record({
		type: fc.constant('confirm' as const),
		holdId: fc.constantFrom(...holds),
		orderId: fc.constantFrom(...orders)
	}),
	fc.record({
		type: fc.constant('release' as const),
		holdId: fc.constantFrom(...holds),
		orderId: fc.option(fc.constantFrom(...orders), { nil: undefined })
	}),
	fc.record({
		type: fc.constant('extend' as const),
		holdId: fc.constantFrom(...holds),
		until: fc.integer({ min: 0, max: 3 * MAX_HOLD_MS })
	}),
	fc.record({
		type: fc.constant('expire' as const),
		holdId: fc.constantFrom(...holds, 'd1', 'd2'),
		until: fc.integer({ min: 0, max: 3 * MAX_HOLD_MS })
	}),
	fc.record({
		type: fc.constant('force-release' as const),
		epoch: fc.integer({ min: 0, max: 12 })
	}),
	fc.record({
		type: fc.constant('set-hold-end' as const),
		epoch: fc.integer({ min: 0, max: 12 }),
		until: fc.integer({ min: 0, max: 3 * MAX_HOLD_MS })
	}),
	fc.record({
		type: fc.constant('hold-again' as const),
		epoch: fc.integer({ min: 0, max: 12 }),
		hold: fc.record({
			userId: fc.constantFrom(...users),
			holdId: fc.constantFrom(...holds),
			heldAt: fc.integer({ min: 0, max: 3 * MAX_HOLD_MS }),
			until: fc.integer({ min: 0, max: 3 * MAX_HOLD_MS })
		})
	})
);

/** Commands with the time that passes before each. */
const script = fc.array(fc.tuple(command, fc.integer({ min: 0, max: MAX_HOLD_MS })), {
	maxLength: 40
});

interface Step {
	before: SeatState;
	command: SeatCommand;
	now: number;
	after: SeatState;
	accepted: boolean;
	changed: boolean;
}

function play(commands: [SeatCommand, number][]): Step[] {
	let state = initialSeat();
	let now = 1_000_000;
	return commands.map(([next, wait]) => {
		now += wait;
		const before = state;
		const decision = decideSeat(before, next, now);
		if (decision.ok) state = decision.state;
		const changed = decision.ok && decision.changed;
		return { before, command: next, now, after: state, accepted: decision.ok, changed };
	});
}

const always = (claim: (step: Step, all: Step[]) => void) =>
	fc.assert(
		fc.property(script, (commands) => {
			const steps = play(commands);
			for (const step of steps) claim(step, steps);
		}),
		{ numRuns: 500 }
	);

/** An independent model of what matters about a seat: who could walk in with which ticket. */
interface Model {
	hold: { id: string; user: string; checkout: string | null; until: number } | null;
	owner: string | null;
}

describe('the seat state machine', () => {
	it('agrees with a model of one hold at a time and one owner for ever', () => {
		fc.assert(
			fc.property(script, (commands) => {
				const model: Model = { hold: null, owner: null };
				for (const { before, command, now, after, accepted } of play(commands)) {
					advance(model, before, command, now, accepted);
					expect(effectiveStatus(after, now)).toBe(statusOf(model, now));
					if (model.owner !== null) expect(after.orderId).toBe(model.owner);
					else if (model.hold) expect(after.reservedBy).toBe(model.hold.user);
				}
			}),
			{ numRuns: 1_000 }
		);
	});

	it('raises the epoch by one with each change and never otherwise', () =>
		always(({ before, after, changed }) =>
			expect(after.epoch).toBe(before.epoch + (changed ? 1 : 0))
		));

	it('changes nothing for a stale token', () =>
		always(({ before, command, after, changed }) => {
			if (command.type === 'reserve' || !('holdId' in command)) return;
			const named =
				before.status === 'SOLD' ? 'orderId' in command : before.holdId === command.holdId;
			if (!named) expect([changed, after]).toEqual([false, before]);
		}));

	it('frees a sold seat only for the order that bought it', () =>
		always(({ before, command, after }) => {
			if (before.status !== 'SOLD' || after.status === 'SOLD') return;
			expect(command).toMatchObject({ type: 'release', orderId: before.orderId });
		}));

	it('never lets anyone take a live hold of someone else', () =>
		always(({ before, command, now, accepted }) => {
			if (command.type !== 'reserve' || effectiveStatus(before, now) !== 'RESERVED') return;
			if (before.reservedBy !== command.userId) expect(accepted).toBe(false);
		}));

	it('bounds a hold, however often it is extended or handed over', () =>
		always(({ after }) => {
			if (after.status !== 'RESERVED') return;
			expect(after.reservedUntil).toBeLessThanOrEqual((after.heldAt ?? 0) + MAX_HOLD_MS);
		}));

	it('decides again as it did when it is replayed later: an accepted command stays accepted', () =>
		fc.assert(
			fc.property(script, fc.nat({ max: 2 * MAX_HOLD_MS }), (commands, later) => {
				for (const { before, command, now, changed } of play(commands)) {
					if (!changed) continue;
					const again = decideSeat(before, command, now + later);
					expect(again).toMatchObject({ ok: true, changed: true });
				}
			}),
			{ numRuns: 500 }
		));

	it('frees a hold that was not extended when its timer fires, and no extended one', () => {
		const held = decideSeat(initialSeat(), reserve('alice', 'h1', 1_000), 0);
		const until = held.ok ? (held.state.reservedUntil ?? 0) : 0;
		if (!held.ok) throw new Error('a free seat was refused');
		const timer = { type: 'expire', holdId: 'h1', until } as const;
		// A timer may fire by a clock that runs ahead of this one.
		expect(decideSeat(held.state, timer, until - 5)).toMatchObject({ changed: true });
		const longer = decideSeat(held.state, { type: 'extend', holdId: 'h1', until: 5_000 }, 500);
		if (!longer.ok) throw new Error('a live hold was not extended');
		expect(decideSeat(longer.state, timer, 1_500)).toMatchObject({ changed: false });
	});

	it('takes an operator’s word only from one who saw the seat as it is', () =>
		always(({ before, command, changed }) => {
			if (!('epoch' in command) || command.epoch === before.epoch) return;
			expect(changed).toBe(false);
		}));

	it('gives a hold back after a forced release, and ends it when it would have ended', () => {
		const held = decideSeat(initialSeat(), reserve('alice', 'h1', 1_000), 50);
		if (!held.ok) throw new Error('a free seat was refused');
		const released = decideSeat(held.state, { type: 'force-release', epoch: 1 }, 100);
		if (!released.ok) throw new Error('a held seat was not released');
		const hold = { userId: 'alice', holdId: 'h1', heldAt: 50, until: 1_050 };
		const back = decideSeat(released.state, { type: 'hold-again', epoch: 2, hold }, 200);
		if (!back.ok) throw new Error('a free seat was not held again');
		expect(back.state).toEqual({ ...held.state, epoch: 3, changedAt: 200 });
		const timer = { type: 'expire', holdId: 'h1', until: 1_050 } as const;
		expect(decideSeat(back.state, timer, 1_050)).toMatchObject({ changed: true });
	});

	it('sets a hold’s end forth and back, and never past its bound', () => {
		const held = decideSeat(initialSeat(), reserve('alice', 'h1', 1_000), 0);
		if (!held.ok) throw new Error('a free seat was refused');
		const longer = { type: 'set-hold-end', epoch: 1, until: 2 * MAX_HOLD_MS } as const;
		const extended = decideSeat(held.state, longer, 500);
		if (!extended.ok) throw new Error('a live hold was not extended');
		expect(extended.state.reservedUntil).toBe(MAX_HOLD_MS);
		const back = { type: 'set-hold-end', epoch: 2, until: 1_000 } as const;
		expect(decideSeat(extended.state, back, 600)).toMatchObject({
			changed: true,
			state: { reservedUntil: 1_000 }
		});
	});

	it('hands a user’s plain hold to that user’s checkout, and to no second one', () => {
		const plain = decideSeat(initialSeat(), reserve('alice', 'h1', 1_000), 0);
		if (!plain.ok) throw new Error('a free seat was refused');
		const first = decideSeat(
			plain.state,
			{ ...reserve('alice', 'o1', 9_000), checkoutId: 'c1' },
			1
		);
		if (!first.ok) throw new Error('the user’s own hold was refused');
		expect(first.state).toMatchObject({ holdId: 'o1', checkoutId: 'c1', reservedUntil: 9_001 });
		const second = { ...reserve('alice', 'o2', 9_000), checkoutId: 'c2' };
		expect(decideSeat(first.state, second, 2)).toMatchObject({
			rejection: { message: 'Ticket is currently reserved' }
		});
	});
});

const reserve = (userId: string, holdId: string, holdForMs: number) =>
	({
		type: 'reserve',
		userId,
		holdId,
		defaultHoldId: holdId,
		checkoutId: null,
		holdForMs
	}) as const;

function statusOf({ hold, owner }: Model, now: number): string {
	if (owner !== null) return 'SOLD';
	return hold && hold.until > now ? 'RESERVED' : 'AVAILABLE';
}

function advance(
	model: Model,
	before: SeatState,
	command: SeatCommand,
	now: number,
	accepted: boolean
): void {
	const { hold } = model;
	const live = hold !== null && hold.until > now;
	switch (command.type) {
		case 'reserve': {
			const { userId: user, checkoutId: checkout } = command;
			const free = model.owner === null && !live;
			const own = model.owner === null && live && hold.user === user;
			// The same checkout asking again, as it does when it takes a lapsed seat once more.
			const same =
				hold !== null &&
				hold.user === user &&
				hold.checkout !== null &&
				hold.checkout === checkout &&
				hold.id === command.holdId;
			expect(accepted).toBe(free || (own && hold.checkout === null) || same);
			if (free)
				model.hold = {
					id: command.holdId ?? command.defaultHoldId,
					user,
					checkout,
					until: now + command.holdForMs
				};
			else if (accepted && own && hold.checkout === null) {
				const fallback = checkout === null ? hold.id : command.defaultHoldId;
				hold.id = command.holdId ?? fallback;
				hold.checkout = checkout;
				const bound = (before.heldAt ?? 0) + MAX_HOLD_MS;
				if (checkout !== null)
					hold.until = Math.max(hold.until, Math.min(now + command.holdForMs, bound));
			}
			return;
		}
		case 'confirm':
			expect(accepted).toBe(
				model.owner === command.orderId || (!model.owner && hold?.id === command.holdId)
			);
			if (accepted) model.owner = command.orderId;
			return;
		case 'release':
			if (model.owner === null ? hold?.id === command.holdId : model.owner === command.orderId)
				Object.assign(model, { hold: null, owner: null });
			return;
		case 'extend':
			if (!accepted || !hold) return;
			hold.until = Math.max(
				hold.until,
				Math.min(command.until, (before.heldAt ?? 0) + MAX_HOLD_MS)
			);
			return;
		case 'expire':
			if (model.owner === null && hold?.id === command.holdId && hold.until <= command.until)
				model.hold = null;
			return;
		case 'force-release':
			expect(accepted).toBe(before.epoch === command.epoch && before.status === 'RESERVED');
			if (accepted) model.hold = null;
			return;
		case 'set-hold-end':
			expect(accepted).toBe(before.epoch === command.epoch && before.status === 'RESERVED');
			if (accepted && hold)
				hold.until = Math.min(command.until, (before.heldAt ?? 0) + MAX_HOLD_MS);
			return;
		case 'hold-again': {
			expect(accepted).toBe(before.epoch === command.epoch && before.status === 'AVAILABLE');
			const { userId: user, holdId: id, heldAt, until } = command.hold;
			if (accepted)
				model.hold = { id, user, checkout: null, until: Math.min(until, heldAt + MAX_HOLD_MS) };
		}
	}
}
