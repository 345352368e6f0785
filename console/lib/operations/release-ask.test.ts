import { describe, expect, test } from 'vitest';
import type { StuckSeat } from '../attention.ts';
import {
	chooseStuck,
	parseReleaseAsk,
	printReleaseAsk,
	printReleases,
	readReleases
} from './release-ask.ts';
import type { ReleaseAsk } from './release-ask.ts';

const ASKS: ReleaseAsk[] = [
	{ eventId: 'gala', seats: null, stuck: null, force: false },
	{ eventId: 'gala', seats: ['A-1', 'A-2'], stuck: null, force: true },
	{ eventId: 'gala', seats: null, stuck: 'overdue', force: false },
	{ eventId: 'gala', seats: [], stuck: null, force: false }
];

describe('the address of a bulk release', () => {
	test.each(ASKS)('says all of it: %o', (ask) => {
		expect(parseReleaseAsk(printReleaseAsk(ask))).toEqual({ ok: true, value: ask });
	});

	test.each([
		['', /not an event ID/],
		['event=a%2Fb', /"a\/b" is not an event ID/],
		['event=gala&seat=A%201', /"A 1" is not a seat/],
		['event=gala&stuck=so', /"so": use one of overdue/]
	])('that cannot be read is refused: %s', (query, message) => {
		const parsed = parseReleaseAsk(new URLSearchParams(query));
		expect(parsed.ok ? null : parsed.message).toMatch(message);
	});
});

const found = (seat: string, reason: StuckSeat['reason'] = 'overdue'): StuckSeat => ({
	...{ seat, reason, why: '', holder: null, until: null },
	...{ checkoutId: null, checkoutLive: false, epoch: 1 }
});

describe('those that are meant', () => {
	const all = [found('A-1'), found('A-2', 'orphaned'), found('A-3')];
	const choose = (seats: string[] | null, stuck: ReleaseAsk['stuck'] = null) => {
		const { chosen, gone } = chooseStuck({ seats, stuck }, all);
		return { chosen: chosen.map(({ seat }) => seat), gone };
	};

	test('are all that are stuck, or all for one reason', () => {
		expect(choose(null)).toEqual({ chosen: ['A-1', 'A-2', 'A-3'], gone: [] });
		expect(choose(null, 'overdue')).toEqual({ chosen: ['A-1', 'A-3'], gone: [] });
	});

	test('are the chosen ones, and it is told which of them are stuck no more', () => {
		expect(choose(['A-3', 'B-9'])).toEqual({ chosen: ['A-3'], gone: ['B-9'] });
	});
});

test('the frozen choice comes back from its form as it went there, whatever ends its lines', () => {
	const releases = [
		{ seat: 'gala:A-1', epoch: 3, force: false },
		{ seat: 'gala:B-1', epoch: 12, force: true }
	];
	expect(readReleases(printReleases(releases))).toEqual(releases);
	expect(readReleases(printReleases(releases).replaceAll('\n', '\r\n'))).toEqual(releases);
});
