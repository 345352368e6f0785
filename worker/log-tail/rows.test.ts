import type { TraceItem } from '@cloudflare/workers-types';
import { describe, expect, it } from 'vitest';
import { toRows } from './rows.ts';

const INVOCATION = 'inv_1bOl1RI7BgEf7lvN9Cwb232GGfV31HjhPh';

const item = (change: Partial<TraceItem> = {}): TraceItem =>
	({
		scriptName: 'nexus',
		eventTimestamp: 1_000,
		event: {
			request: {
				url: 'http://worker/invoke/Ticket/reserve',
				method: 'POST',
				headers: { 'x-restate-invocation-id': INVOCATION }
			}
		},
		logs: [],
		exceptions: [],
		outcome: 'ok',
		cpuTime: 3,
		wallTime: 7,
		...change
	}) as unknown as TraceItem;

const log = (message: unknown, level = 'log') =>
	({ timestamp: 1_001, level, message: [message] }) as TraceItem['logs'][number];

describe('toRows', () => {
	it('ends with how the attempt ended, with its times', () => {
		expect(toRows(item())).toEqual([
			{
				at: 1_007,
				invocationId: INVOCATION,
				service: 'Ticket',
				handler: 'reserve',
				key: null,
				kind: 'outcome',
				level: 'debug',
				message: 'Attempt ended: ok',
				fields: null,
				outcome: 'ok',
				cpuMs: 3,
				wallMs: 7
			}
		]);
	});

	it('reads a structured line, keeping what it carries as fields', () => {
		const line = { level: 'warn', message: 'Seat held', invocationId: 'inv_2', service: 'Ticket' };
		const [row] = toRows(
			item({ logs: [log(JSON.stringify({ ...line, handler: 'get', key: 'e:s', user: 'zoe' }))] })
		);
		expect(row).toMatchObject({
			...line,
			at: 1_001,
			handler: 'get',
			key: 'e:s',
			kind: 'line',
			fields: { user: 'zoe' }
		});
	});

	it('knows the object of an attempt by its lines', () => {
		const line = { level: 'info', message: 'Seat held', key: 'e:s' };
		const exceptions = [{ timestamp: 1_002, name: 'Error', message: 'no' }];
		const rows = toRows(item({ logs: [log('hi'), log(JSON.stringify(line))], exceptions }));
		expect(rows.map(({ kind, key }) => [kind, key])).toEqual([
			['line', 'e:s'],
			['line', 'e:s'],
			['exception', 'e:s'],
			['outcome', 'e:s']
		]);
	});

	it('knows an attempt by its lines alone', () => {
		const line = { message: 'Seat held', invocationId: INVOCATION, service: 'Ticket' };
		const logs = [log('hi'), log(JSON.stringify({ ...line, handler: 'get', key: 'e:s' }))];
		const rows = toRows(item({ logs, event: null }));
		const attempt = { invocationId: INVOCATION, service: 'Ticket', handler: 'get', key: 'e:s' };
		expect(rows).toMatchObject(['line', 'line', 'outcome'].map((kind) => ({ kind, ...attempt })));
	});

	it.each([
		['plain text', 'hello', 'hello'],
		['broken JSON', '{"level":', '{"level":'],
		['JSON that is no line of ours', '{"a":1}', '{"a":1}'],
		['a value', 7, '7']
	])('keeps %s as it was printed', (_, message, expected) => {
		const [row] = toRows(item({ logs: [log(message, 'error')] }));
		expect(row).toMatchObject({ message: expected, level: 'error', invocationId: INVOCATION });
	});

	it('finds an attempt that died before its first line', () => {
		const exceptions = [{ timestamp: 1_002, name: 'Error', message: 'out of memory' }];
		const rows = toRows(item({ exceptions, outcome: 'exceededMemory' }));
		expect(rows).toMatchObject([
			{
				kind: 'exception',
				level: 'error',
				message: 'Error: out of memory',
				invocationId: INVOCATION
			},
			{ kind: 'outcome', level: 'error', outcome: 'exceededMemory' }
		]);
	});

	it('leaves no outcome for calls that are no invocation', () => {
		expect(toRows(item({ event: null }))).toEqual([]);
	});
});
