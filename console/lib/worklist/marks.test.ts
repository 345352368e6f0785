import { describe, expect, test } from 'vitest';
import { parseMark } from './mark-form.ts';
import { standingOf } from './marks.ts';
import type { Mark } from './marks.ts';
import {
	matchesWork,
	NO_WORK_FILTER,
	parseWorkFilter,
	printWorkFilter,
	toggleKind
} from './work-filter.ts';

const NOW = 1000;
const item = { fingerprint: 'as it was' };
const mark = (change: Partial<Mark>): Mark => ({
	item: 'mail:order:ord_1',
	at: 1,
	actor: 'ada',
	role: 'operator',
	act: 'assign',
	assignee: null,
	until: null,
	reason: null,
	fingerprint: 'as it was',
	...change
});

const assign = mark({ assignee: 'bob' });
const snooze = mark({ act: 'snooze', until: NOW + 1 });
const resolve = mark({ act: 'resolve' });
const reopen = mark({ act: 'reopen' });

describe('an item', () => {
	test.each([
		['without marks', [], { state: 'open', assignee: null }],
		['assigned', [assign], { state: 'open', assignee: 'bob' }],
		['given back', [assign, mark({})], { assignee: null }],
		['snoozed', [snooze], { state: 'snoozed', until: NOW + 1 }],
		['whose time has come', [mark({ act: 'snooze', until: NOW })], { state: 'open', until: null }],
		['resolved', [assign, resolve], { state: 'resolved', assignee: 'bob' }],
		[
			'resolved on other evidence',
			[mark({ act: 'resolve', fingerprint: 'otherwise' })],
			{ state: 'open', cameBack: { actor: 'ada' } }
		],
		['opened again', [snooze, resolve, reopen], { state: 'open', cameBack: null }],
		['resolved anew', [resolve, reopen, resolve], { state: 'resolved' }]
	])('%s', (_, marks, expected) => {
		expect(standingOf(item, marks, NOW)).toMatchObject(expected);
	});

	test('tells the newest mark first', () => {
		expect(standingOf(item, [assign, snooze], NOW).marks).toEqual([snooze, assign]);
	});
});

describe('a form', () => {
	const parse = (act: Mark['act'], fields: Record<string, string>) => {
		const form = new FormData();
		for (const [name, value] of Object.entries({ item: 'x', fingerprint: 'f', ...fields }))
			form.set(name, value);
		return parseMark(act, form, { me: 'ada', now: NOW });
	};
	const reason = 'the bank is told';

	test.each([
		['assign', { assignee: 'me' }, { assignee: 'ada' }],
		['assign', { assignee: ' Bob ' }, { assignee: 'Bob' }],
		['assign', {}, { assignee: null }],
		['snooze', { minutes: '60', reason }, { until: NOW + 3_600_000, reason }],
		['resolve', { reason }, { reason }],
		['reopen', {}, { reason: null }]
	] as const)('to %s with %o is read', (act, fields, value) => {
		expect(parse(act, fields)).toMatchObject({ ok: true, value });
	});

	test.each([
		['assign', { item: '' }, /which item/],
		['assign', { assignee: 'x'.repeat(101) }, /100 characters/],
		['snooze', { minutes: '60', reason: 'no' }, /at least 5/],
		['snooze', { minutes: '7', reason }, /how long/],
		['resolve', {}, /at least 5/],
		['resolve', { reason: 'x'.repeat(501) }, /at most 500/]
	] as const)('to %s with %o is refused', (act, fields, why) => {
		const parsed = parse(act, fields);
		expect(parsed.ok ? '' : parsed.message).toMatch(why);
	});
});

describe('the filter', () => {
	const read = (query: string) => {
		const parsed = parseWorkFilter(new URLSearchParams(query));
		if (!parsed.ok) throw new Error(parsed.message);
		return parsed.value;
	};

	test.each([
		'',
		'kind=mail&kind=lapsed&assignee=Bob&event=gala&shown=all',
		'assignee=me',
		'assignee=nobody&shown=aside'
	])('“%s” is printed as it was read', (query) => {
		expect(read(printWorkFilter(read(query)).toString())).toEqual(read(query));
	});

	test.each(['kind=mails', 'event=a%20b', 'shown=some', `assignee=${'x'.repeat(101)}`])(
		'“%s” is refused',
		(query) => {
			expect(parseWorkFilter(new URLSearchParams(query)).ok).toBe(false);
		}
	);

	const of = (change: object) => ({
		kind: 'mail' as const,
		also: [],
		events: ['gala'],
		standing: { state: 'open' as const, assignee: null },
		...change
	});

	test.each([
		['', of({}), true],
		['kind=mail', of({}), true],
		['kind=refund', of({}), false],
		['event=gala', of({}), true],
		['event=other', of({}), false],
		['assignee=nobody', of({}), true],
		['assignee=me', of({ standing: { state: 'open', assignee: 'ada' } }), true],
		['assignee=me', of({}), false],
		['assignee=Bob', of({ standing: { state: 'open', assignee: 'Bob' } }), true],
		['', of({ standing: { state: 'snoozed', assignee: null } }), false],
		['shown=aside', of({ standing: { state: 'resolved', assignee: null } }), true],
		['shown=aside', of({}), false],
		['shown=all', of({ standing: { state: 'resolved', assignee: null } }), true]
	])('“%s”', (query, each, matches) => {
		expect(matchesWork(read(query), 'ada')(each)).toBe(matches);
	});

	test('finds an item by what else was found about its subject, and toggles a kind', () => {
		const refunds = toggleKind(NO_WORK_FILTER, 'refund');
		const also = [{ kind: 'refund' }] as Parameters<ReturnType<typeof matchesWork>>[0]['also'];
		expect(matchesWork(refunds, 'ada')(of({ also }))).toBe(true);
		expect(toggleKind(refunds, 'refund')).toEqual(NO_WORK_FILTER);
	});
});
