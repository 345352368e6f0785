import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTimeline } from './build-timeline.ts';
import declined from './fixtures/declined.json' with { type: 'json' };
import { known } from './fixtures/known.ts';
import {
	ITEM_GROUPS,
	countGroups,
	isFiltering,
	matcher,
	parseFilter,
	printFilter
} from './timeline-filter.ts';
import type { TimelineFilter } from './timeline-filter.ts';

const line = {
	id: 1,
	at: 0,
	invocationId: 'inv_1',
	service: null,
	handler: null,
	key: null,
	kind: 'line',
	level: 'info',
	message: 'Order opened',
	fields: null,
	outcome: null,
	cpuMs: null,
	wallMs: null
} as const;

const items = buildTimeline(
	known({
		...declined,
		logs: [
			line,
			{ ...line, id: 2, level: 'error' },
			{ ...line, id: 3, kind: 'outcome', outcome: 'ok' },
			{ ...line, id: 4, kind: 'outcome', outcome: 'exceededCpu' }
		]
	})
);
const shown = (change: Partial<TimelineFilter>) =>
	items.filter(matcher({ groups: [], failed: false, text: '', ...change }));

describe('what a filter shows', () => {
	test('without one all but the Worker’s runs that went well', () => {
		expect(shown({})).toHaveLength(items.length - 1);
	});

	test.each([
		[{ groups: ['logs'] }, 4],
		[{ groups: ['steps'] }, 3],
		[{ groups: ['steps', 'logs'] }, 7],
		[{ failed: true }, 4],
		[{ failed: true, groups: ['steps'] }, 1],
		[{ text: 'AUTHORISE' }, 1],
		[{ text: 'ticket/concert-1:s1-a-3/release' }, 1],
		[{ text: 'your card was declined' }, 2],
		[{ text: 'nowhere' }, 0]
	] as const)('%j', (change, n) => {
		expect(shown(change)).toHaveLength(n);
	});
});

test('counts are those of the groups, and of all that failed', () => {
	const counts = countGroups(items);
	for (const group of ITEM_GROUPS) expect(counts[group]).toBe(shown({ groups: [group] }).length);
	expect(counts.failed).toBe(shown({ failed: true }).length);
});

test('an address brings back the filter that it was made of', () => {
	const filters = fc.record({
		groups: fc.subarray([...ITEM_GROUPS]),
		failed: fc.boolean(),
		text: fc.string().map((text) => text.trim())
	});
	fc.assert(
		fc.property(filters, (filter) => {
			const { kind, failed, text } = printFilter(filter);
			const query = new URLSearchParams(kind.map((each) => ['kind', each]));
			if (failed) query.set('failed', failed);
			query.set('text', text);
			expect(parseFilter(new URLSearchParams(query.toString()))).toEqual(filter);
			expect(isFiltering(filter)).toBe(query.size > 1 || text !== '');
		})
	);
});

test('what an address says beside is left out', () => {
	expect(parseFilter(new URLSearchParams('kind=steps&kind=nonsense&failed=yes'))).toEqual({
		groups: ['steps'],
		failed: false,
		text: ''
	});
});
