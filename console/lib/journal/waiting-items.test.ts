import { describe, expect, test } from 'vitest';
import { blankItem } from './timeline.ts';
import type { ItemKind, TimelineItem } from './timeline.ts';
import { presentItem, suspensions, withIntervals } from './waiting-items.ts';
import type { WireEntry } from './wire-entry.ts';

const command = (index: number, at: number, type: string, change: Partial<WireEntry> = {}) =>
	({ index, at, is: 'command', type, awaits: index, ...change }) as const satisfies WireEntry;
const completion = (index: number, at: number, type: string, completes: number) =>
	({ index, at, is: 'completion', type, completes }) as const satisfies WireEntry;

describe('suspensions', () => {
	const target = { service: 'Ticket', key: 'a:b', handler: 'reserve' };
	const call = command(1, 100, 'Call', { target });

	test('are the gaps before what woke the handler', () => {
		const sleep = command(3, 5200, 'Sleep', { name: 'hold' });
		const entries = [call, completion(2, 5100, 'Call', 1), sleep, completion(4, 9200, 'Sleep', 3)];
		expect(suspensions(entries, [])).toMatchObject([
			{ id: 's2', at: 100, durationMs: 5000, subject: 'until “Ticket.reserve” was done' },
			{ id: 's4', at: 5200, durationMs: 4000, subject: 'until “hold” was done' }
		]);
	});

	test('a signal wakes it as well', () => {
		const signal: WireEntry = { index: 2, at: 3000, is: 'signal', type: 'Signal', name: '17' };
		expect(suspensions([call, signal], [])).toMatchObject([{ subject: 'until a signal came' }]);
	});

	test.each([
		['a round trip', [call, completion(2, 900, 'Call', 1)], []],
		['a step that took long', [command(1, 0, 'Run'), completion(2, 9000, 'Run', 1)], []],
		['a handler that took long to its next step', [call, command(2, 9000, 'Run')], []],
		['a back-off', [call, completion(2, 9000, 'Call', 1)], [4000]]
	])('%s is none', (_, entries, failures) => {
		expect(suspensions(entries, failures)).toEqual([]);
	});
});

const item = (kind: ItemKind, at: number, source: TimelineItem['source'] = 'journal') =>
	({ ...blankItem, id: `${kind}${at}`, at, source, kind, verb: '' }) satisfies TimelineItem;

test('a failed attempt and a pause last until the invocation went on', () => {
	const items = [
		item('run', 0),
		item('retry', 10),
		item('line', 15, 'log'),
		item('retry', 40),
		item('pause', 100),
		item('run', 1100),
		item('retry', 1200)
	];
	expect(withIntervals(items).map(({ durationMs }) => durationMs)).toEqual([
		null,
		30,
		null,
		60,
		1000,
		null,
		null
	]);
});

describe('the present', () => {
	const now = { modifiedAt: 50, nextRetryAt: null, retryCount: 0 };

	test.each([
		['suspended', { kind: 'suspension', at: 70, pending: true }],
		['running', undefined],
		['succeeded', undefined]
	] as const)('%s', (status, row) => {
		const present = presentItem({ ...now, status }, 70);
		if (row) expect(present).toMatchObject(row);
		else expect(present).toBeUndefined();
	});

	test('backing off: the attempt to come', () => {
		const backingOff = { ...now, status: 'backing-off', nextRetryAt: 900, retryCount: 4 } as const;
		expect(presentItem(backingOff, 70)).toMatchObject({
			verb: 'Next attempt',
			subject: 'number 5 since its last progress',
			until: 900
		});
	});
});
