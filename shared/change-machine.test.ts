import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APPROVERS, CHANGE_STATUSES, isEnded } from './change.ts';
import type { ChangeStatus, ChangeView } from './change.ts';
import { beginChange, refusedChange, stepChange } from './change-machine.ts';
import type { AskedChange, ChangeEvent } from './change-machine.ts';
import { ROLES } from './operator-token.ts';
import type { Operator } from './operator-token.ts';

const proposer: Operator = { name: 'ann', role: 'operator' };

const asked: AskedChange = {
	id: 'chg_1',
	action: 'refundOrder',
	target: 'ord_1',
	request: {},
	proposer,
	reason: 'the show was cancelled',
	ticketRef: null,
	requestId: null,
	preview: [],
	evidence: { status: 'CONFIRMED' }
};

const person: fc.Arbitrary<Operator> = fc.record({
	name: fc.constantFrom('ann', 'bob', 'cyd'),
	role: fc.constantFrom(...ROLES)
});

const event: fc.Arbitrary<ChangeEvent> = fc.oneof(
	fc.record({
		type: fc.constant('decide' as const),
		decision: fc.record({
			by: person,
			approved: fc.boolean(),
			reason: fc.constant('seen'),
			at: fc.nat()
		}),
		differs: fc.constantFrom(null, 'status was CONFIRMED, is REFUNDED'),
		waitMs: fc.constantFrom(0, 8_000)
	}),
	fc.record({ type: fc.constant('due' as const), until: fc.constantFrom(8_000, 8_001, 9_000) }),
	fc.record({ type: fc.constant('undo' as const), by: person }),
	fc.record({
		type: fc.constant('end' as const),
		status: fc.constantFrom('done', 'refused', 'undone'),
		message: fc.constant('so it ended'),
		invocationIds: fc.constant(['inv_1'])
	})
);

interface Step {
	before: ChangeView;
	event: ChangeEvent;
	after: ChangeView;
	ok: boolean;
	changed: boolean;
}

function play(first: ChangeView, events: readonly ChangeEvent[]): Step[] {
	let view = first;
	return events.map((next, now) => {
		const before = view;
		const step = stepChange(before, next, now);
		if (step.ok) view = step.view;
		return { before, event: next, after: view, ok: step.ok, changed: step.ok && step.changed };
	});
}

const always = (claim: (step: Step) => void) =>
	fc.assert(
		fc.property(
			fc.constantFrom(null, 'it returns a lot'),
			fc.constantFrom(0, 8_000),
			fc.array(event, { maxLength: 12 }),
			(approvalFor, waitMs, events) => {
				const first = beginChange(asked, { approvalFor, waitMs }, 0);
				for (const step of play(first, events)) claim(step);
			}
		),
		{ numRuns: 1_000 }
	);

/** Where each status may lead; nothing leads out of an end but the way back from what is done. */
const NEXT: Record<ChangeStatus, readonly ChangeStatus[]> = {
	'awaiting-approval': ['counting-down', 'under-way', 'rejected', 'void', 'undone'],
	'counting-down': ['under-way', 'undone'],
	'under-way': ['done', 'refused'],
	done: ['undone'],
	refused: [],
	rejected: [],
	void: [],
	undone: []
};

describe('a change', () => {
	it('goes only where it may, and tells when it has ended', () =>
		always(({ before, after, changed }) => {
			if (changed) expect(NEXT[before.status]).toContain(after.status);
			else expect(after).toBe(before);
			expect(after.endedAt !== null).toBe(isEnded(after.status));
			expect(after.message !== null).toBe(isEnded(after.status));
			expect(after.until !== null).toBe(after.status === 'counting-down');
			expect(CHANGE_STATUSES).toContain(after.status);
		}));

	it('that needs a second person is never carried out without one who is somebody else', () =>
		always(({ before, after }) => {
			if (before.approvalFor === null || after.status === 'awaiting-approval') return;
			if (!['counting-down', 'under-way', 'done', 'refused'].includes(after.status)) return;
			const [decision] = after.decisions;
			expect(decision?.approved).toBe(true);
			expect(decision?.by.name).not.toBe(proposer.name);
			expect(APPROVERS).toContain(decision?.by.role);
		}));

	it('that is no longer as it was proposed becomes void when it is approved', () =>
		always(({ before, event: next, after, ok }) => {
			if (next.type !== 'decide' || next.differs === null || !ok || !next.decision.approved) return;
			expect([before.status, after.status]).toEqual(['awaiting-approval', 'void']);
		}));

	it('is undone by its proposer or an approver alone', () =>
		always(({ event: next, ok }) => {
			if (next.type !== 'undo' || !ok) return;
			expect(next.by.name === proposer.name || APPROVERS.includes(next.by.role)).toBe(true);
		}));

	it('is carried out by the timer of its own countdown and by no other', () =>
		always(({ before, event: next, changed }) => {
			if (next.type === 'due')
				expect(changed).toBe(before.status === 'counting-down' && before.until === next.until);
		}));

	it('is either undone or carried out, whichever comes first', () => {
		const waiting = beginChange(asked, { approvalFor: null, waitMs: 8_000 }, 0);
		const due = { type: 'due', until: 8_000 } as const;
		const undo = { type: 'undo', by: proposer } as const;
		const undone = play(waiting, [undo, due]);
		expect(undone.map(({ after }) => after.status)).toEqual(['undone', 'undone']);
		const done = play(waiting, [due, undo]);
		expect(done.map(({ after, ok }) => [after.status, ok])).toEqual([
			['under-way', true],
			['under-way', false]
		]);
	});

	it('that was refused at once was never under way', () => {
		const view = refusedChange(asked, 'The order is REFUNDED', 5);
		expect(view).toMatchObject({ status: 'refused', endedAt: 5, decisions: [] });
		expect(stepChange(view, { type: 'undo', by: proposer }, 6)).toMatchObject({
			rejection: { status: 409, message: 'There is nothing to undo: the change is refused' }
		});
	});

	it.each([
		['the proposer', { name: 'ann', role: 'admin' }, 403, /somebody else/],
		['an operator', { name: 'bob', role: 'operator' }, 403, /takes approver or admin/],
		['a viewer', { name: 'bob', role: 'viewer' }, 403, /takes approver or admin/]
	] as const)('is not approved by %s', (_, by, status, message) => {
		const view = beginChange(asked, { approvalFor: 'it returns a lot', waitMs: 0 }, 0);
		const decision = { by, approved: true, reason: 'fine', at: 1 };
		expect(
			stepChange(view, { type: 'decide', decision, differs: null, waitMs: 0 }, 1)
		).toMatchObject({
			rejection: { status, message: expect.stringMatching(message) as unknown }
		});
	});
});
