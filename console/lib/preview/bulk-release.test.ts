import { describe, expect, test } from 'vitest';
import { BULK_LIMIT } from '$shared/change.ts';
import type { StuckSeat } from '../attention.ts';
import { planReleases, previewReleases } from './bulk-release.ts';
import { sentencesOf } from './preview.ts';

const stuck = (seat: string, change: Partial<StuckSeat> = {}): StuckSeat => ({
	...{ seat, reason: 'overdue', why: 'The hold has lapsed', holder: 'ada', until: 1000 },
	...{ checkoutId: null, checkoutLive: false, epoch: 3 },
	...change
});
const paused = (seat: string, checkoutId = 'inv_1', epoch = 5): StuckSeat =>
	stuck(seat, { reason: 'paused', checkoutId, checkoutLive: true, holder: 'bob', epoch });

const preview = (chosen: readonly StuckSeat[], force = false) =>
	previewReleases(planReleases('gala', chosen, force));

describe('the releases of stuck seats', () => {
	test('name each seat with the epoch it was seen at', () => {
		const { releases } = planReleases('gala', [stuck('A-1'), stuck('A-2', { epoch: 9 })], false);
		expect(releases).toEqual([
			{ seat: 'gala:A-1', epoch: 3, force: false },
			{ seat: 'gala:A-2', epoch: 9, force: false }
		]);
	});

	test('leave seats of checkouts under way alone, unless they are to be cancelled', () => {
		const chosen = [stuck('A-1'), paused('B-1')];
		expect(planReleases('gala', chosen, false)).toMatchObject({
			releases: [{ seat: 'gala:A-1', force: false }],
			left: [{ seat: 'B-1' }],
			cancelled: []
		});
		expect(planReleases('gala', chosen, true)).toMatchObject({
			releases: [
				{ seat: 'gala:A-1', force: false },
				{ seat: 'gala:B-1', epoch: 5, force: true }
			],
			left: []
		});
	});

	test('cancel a checkout once, whose seats come free together', () => {
		const chosen = [paused('B-1'), paused('B-2'), paused('C-1', 'inv_2')];
		const { releases, cancelled } = planReleases('gala', chosen, true);
		expect(releases.map(({ seat }) => seat)).toEqual(['gala:B-1', 'gala:C-1']);
		expect(cancelled.map((seats) => seats.length)).toEqual([2, 1]);
	});
});

describe('their preview', () => {
	test('counts the seats, names them and says that no payment is touched', () => {
		const { refusal, approvalFor, numbers, affected, ...rest } = preview([
			stuck('A-1'),
			stuck('A-2', { holder: 'eve' })
		]);
		const sentences = sentencesOf({ refusal, approvalFor, numbers, affected, ...rest });
		expect(sentences.slice(0, 2)).toEqual([
			'2 holds without a live checkout: 2 seats come free (A-1, A-2).',
			'No checkout uses them any more, so no payment is touched.'
		]);
		expect({ refusal, approvalFor, affected, seats: numbers.seats }).toEqual({
			...{ refusal: null, approvalFor: null },
			...{ affected: ['ada', 'eve'], seats: 2 }
		});
	});

	test('says which checkouts are cancelled, and that it needs a second person', () => {
		const told = preview([paused('B-1'), paused('B-2')], true);
		expect(sentencesOf(told)[0]).toMatch(
			/^1 checkout under way is cancelled first: 2 seats come free \(B-1, B-2\)/
		);
		expect(told.approvalFor).toMatch(/second person/);
		expect(told.numbers.seats).toBe(2);
	});

	test('names what is left alone', () => {
		const told = preview([stuck('A-1'), paused('B-1')]);
		expect(sentencesOf(told).join(' ')).toContain(
			'1 seat of checkouts under way is left alone, as its buyer may be paying: B-1.'
		);
		expect(told.numbers.seats).toBe(1);
	});

	test.each([
		['nothing', [], /none is stuck/],
		['nothing but seats of checkouts under way', [paused('B-1')], /checkouts under way/]
	])('refuses %s', (_, chosen: StuckSeat[], why) => {
		expect(preview(chosen).refusal).toMatch(why);
	});

	test('needs a second person from the limit on, and stays short', () => {
		const many = Array.from({ length: BULK_LIMIT + 1 }, (_, place) => stuck(`A-${place}`));
		expect(preview(many.slice(1)).approvalFor).toBeNull();
		expect(preview(many).approvalFor).toMatch(/second person/);
		expect(sentencesOf(preview(many))[0]).toMatch(/A-7 and 18 more\)\.$/);
	});
});
