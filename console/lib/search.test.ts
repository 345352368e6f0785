import { describe, expect, test } from 'vitest';
import { grouped, landingOf, planSearch } from './search.ts';
import type { SearchHit, SearchPlan } from './search.ts';

const NOTHING: SearchPlan = {
	seatKeys: [],
	seatPrefix: null,
	invocationPart: null,
	deploymentPrefix: null
};

const EVENTS = ['e', 'f'];
const inEach = (seat: string) => EVENTS.map((event) => `${event}:${seat}`);

test.each<[string, Partial<SearchPlan>]>([
	['e:A-7', { seatKeys: ['e:A-7'], seatPrefix: 'e:A-7' }],
	['e:', { seatPrefix: 'e:' }],
	['A-7', { seatKeys: inEach('A-7') }],
	['inv_1gq2', { invocationPart: 'inv_1gq2' }],
	['ord_1gq2', { invocationPart: 'inv_1gq2' }],
	['k0exk7', { seatKeys: inEach('k0exk7'), invocationPart: 'k0exk7' }],
	['olivia', { seatKeys: inEach('olivia') }],
	['dp_12', { deploymentPrefix: 'dp_12' }],
	['a@b.c', {}],
	["' OR 1=1", {}]
])('planSearch(%j)', (query, plan) => {
	expect(planSearch(query, EVENTS)).toEqual({ ...NOTHING, ...plan });
});

const hit = (kind: SearchHit['kind'], id: string, exact = false): SearchHit => ({
	...{ kind, id, exact },
	...{ label: id, detail: '', status: null }
});
const result = (...hits: SearchHit[]) => ({ query: 'q', problems: [], hits });

describe('landingOf', () => {
	test('goes to what is named exactly, whatever else was found', () => {
		const seat = hit('seat', 'e:A-7', true);
		expect(landingOf(result(hit('order', 'o'), seat, hit('order', 'p')))).toBe(seat);
	});

	test('goes to the only one found', () => {
		const order = hit('order', 'o');
		expect(landingOf(result(order))).toBe(order);
	});

	test('offers several, and goes nowhere for none', () => {
		expect(landingOf(result(hit('order', 'o'), hit('order', 'p')))).toBeNull();
		expect(landingOf(result(hit('seat', 'e:A', true), hit('seat', 'f:A', true)))).toBeNull();
		expect(landingOf(result())).toBeNull();
	});
});

test('grouped keeps the kinds in their order and leaves out empty ones', () => {
	const groups = grouped([hit('event', 'e'), hit('order', 'o'), hit('event', 'f')]);
	expect(groups.map(({ kind, hits }) => [kind, hits.length])).toEqual([
		['order', 1],
		['event', 2]
	]);
});
