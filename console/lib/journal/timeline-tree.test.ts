import { describe, expect, test } from 'vitest';
import { blankItem } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';
import { flattenTree } from './timeline-tree.ts';
import type { OpenChild, TreeRow } from './timeline-tree.ts';

const item = (id: string, change: Partial<TimelineItem> = {}): TimelineItem => ({
	...blankItem,
	id,
	at: 0,
	source: 'journal',
	kind: 'run',
	verb: 'Run',
	...change
});
const call = (id: string, invocationId: string) => item(id, { kind: 'call', invocationId });
const open = (...items: TimelineItem[]): OpenChild => ({ items, message: null });

const rows = (
	items: TimelineItem[],
	children: Record<string, OpenChild>,
	shows: (item: TimelineItem) => boolean = () => true
) => flattenTree({ id: 'inv_root', items, children: new Map(Object.entries(children)), shows });

const gist = (row: TreeRow) =>
	`${'  '.repeat(row.depth)}${row.key} ${row.is === 'item' ? row.child : row.text}`;

describe('children in place', () => {
	test('stand below the row that called them, each in its own depth', () => {
		const list = rows([call('j1', 'inv_a'), item('j2')], {
			j1: open(item('j1'), call('j2', 'inv_b')),
			'j1/j2': open(item('j1'))
		});
		expect(list.map(gist)).toEqual([
			'j1 open',
			'  j1/j1 none',
			'  j1/j2 open',
			'    j1/j2/j1 none',
			'j2 none'
		]);
		expect(list.map(({ owner }) => owner)).toEqual([
			'inv_root',
			'inv_a',
			'inv_a',
			'inv_b',
			'inv_root'
		]);
	});

	test('one that is shown above is not shown inside itself, whatever was opened', () => {
		const list = rows([call('j1', 'inv_a')], {
			j1: open(call('j1', 'inv_root'), call('j2', 'inv_a'), call('j3', 'inv_b')),
			'j1/j1': open(item('j9')),
			'j1/j3': open(call('j1', 'inv_a'))
		});
		expect(list.map(gist)).toEqual([
			'j1 open',
			'  j1/j1 above',
			'  j1/j2 above',
			'  j1/j3 open',
			'    j1/j3/j1 above'
		]);
	});

	test('the same child called twice is opened where it was asked for', () => {
		const list = rows([call('j1', 'inv_a'), call('j2', 'inv_a')], { j2: open(item('j1')) });
		expect(list.map(gist)).toEqual(['j1 closed', 'j2 open', '  j2/j1 none']);
	});

	test('a filter goes for children too, and keeps the rows that they were opened from', () => {
		const failed = ({ failed }: TimelineItem) => failed;
		const child = open(item('j1'), item('j2', { failed: true }));
		const list = rows(
			[item('j0'), call('j1', 'inv_a'), call('j2', 'inv_b')],
			{ j1: child },
			failed
		);
		expect(list.map(gist)).toEqual(['j1 open', '  j1/j2 none']);
	});

	test('without rows they say why', () => {
		const list = rows([call('j1', 'inv_a'), call('j2', 'inv_b')], {
			j1: { items: [], message: 'Loading …' },
			j2: open()
		});
		expect(list.map(gist)).toEqual([
			'j1 open',
			'  j1/note Loading …',
			'j2 open',
			'  j2/note Nothing in it that the filter shows'
		]);
	});
});
