import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	isLogFiltered,
	LOG_KINDS,
	LOG_LEVELS,
	parseLogCursor,
	parseLogFilter,
	parseSeen,
	printLogCursor,
	printLogFilter,
	toggleLevel
} from './log-filter.ts';
import type { LogFilter } from './log-filter.ts';

const INVOCATION = 'inv_1bOl1RI7BgEf7lvN9Cwb232GGfV31HjhPh';
const params = (query: string) => new URLSearchParams(query);

function read(query: string): LogFilter {
	const parsed = parseLogFilter(params(query));
	if (!parsed.ok) throw new Error(parsed.message);
	return parsed.value;
}

const filters: fc.Arbitrary<LogFilter> = fc.record({
	levels: fc.subarray([...LOG_LEVELS], { minLength: 1 }),
	kinds: fc.subarray([...LOG_KINDS]),
	invocationId: fc.constantFrom(null, INVOCATION),
	service: fc.constantFrom(null, 'Ticket'),
	handler: fc.constantFrom(null, 'reserve'),
	key: fc.constantFrom(null, 'concert-1:S1-A-1', 'concert-1:*'),
	text: fc.option(
		fc.string({ minLength: 1, maxLength: 200 }).filter((text) => /^[!-~]+$/.test(text))
	),
	range: fc.constantFrom(
		{ kind: 'recent', span: '1h' },
		{ kind: 'recent', span: '7d' },
		{ kind: 'between', from: 5, to: null }
	)
});

describe('parseLogFilter', () => {
	it('reads back whatever is printed', () => {
		fc.assert(
			fc.property(filters, (filter) => {
				expect(read(printLogFilter(filter).toString())).toEqual(filter);
			})
		);
	});

	it('hides what is of no note, but shows all of one invocation', () => {
		expect(read('')).toMatchObject({
			levels: ['error', 'warn', 'info'],
			range: { kind: 'recent', span: '1h' }
		});
		expect(read(`invocation=${INVOCATION}`)).toMatchObject({
			levels: LOG_LEVELS,
			range: { kind: 'recent', span: '7d' }
		});
	});

	it.each([
		['level=fatal', '"fatal" is not a level; use one of error, warn, info, debug'],
		['kind=x', '"x" is not a kind; use one of line, exception, outcome'],
		['invocation=abc', '"abc" is not an invocation ID: one looks like inv_1hhQ7UzvcB1W…'],
		[`text=${'x'.repeat(201)}`, '"text" is longer than 200 characters'],
		['service=a%00b', '"service" holds a control character'],
		['range=1y', '"1y" is not a range; use one of 15m, 1h, 6h, 24h, 7d']
	])('refuses %s', (query, message) => {
		expect(parseLogFilter(params(query))).toEqual({ ok: false, message });
	});
});

it('switches a level twice to where it was, and never shows none', () => {
	fc.assert(
		fc.property(filters, fc.constantFrom(...LOG_LEVELS), (filter, level) => {
			const once = toggleLevel(filter, level);
			expect(once.levels.length).toBeGreaterThan(0);
			if (filter.levels.join() !== level)
				expect(toggleLevel(once, level).levels).toEqual(filter.levels);
		})
	);
});

it('is filtered once anything differs from the usual', () => {
	expect([isLogFiltered(read('')), isLogFiltered(read('level=error'))]).toEqual([false, true]);
});

it('reads a cursor that it printed, and refuses what is none', () => {
	const cursor = { at: 1_700_000_000_000, id: 42 };
	expect(parseLogCursor(params(`before=${printLogCursor(cursor)}`))).toEqual({
		ok: true,
		value: cursor
	});
	expect(parseLogCursor(params('before=x'))).toMatchObject({ ok: false });
	expect(parseLogCursor(params(''))).toEqual({ ok: true, value: null });
	expect([parseSeen(params('after=7')), parseSeen(params('after=-1'))]).toMatchObject([
		{ ok: true, value: 7 },
		{ ok: false }
	]);
});
