import { describe, expect, test } from 'vitest';
import type { LogRow } from '$shared/log-row.ts';
import { buildTimeline } from './build-timeline.ts';
import type { JournalRow } from './entry.ts';
import { entryDetails } from './entry-details.ts';
import backingOff from './fixtures/backing-off.json' with { type: 'json' };
import cancelled from './fixtures/cancelled.json' with { type: 'json' };
import confirmed from './fixtures/confirmed.json' with { type: 'json' };
import declined from './fixtures/declined.json' with { type: 'json' };
import operation from './fixtures/operation.json' with { type: 'json' };
import { known } from './fixtures/known.ts';
import type { Sample } from './fixtures/known.ts';
import reserve from './fixtures/reserve.json' with { type: 'json' };
import { targetName } from './explain.ts';
import { journalItems } from './journal-items.ts';
import { blankItem, foldRepeats, interleave } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';
import type { WireEntry } from './wire-entry.ts';

const build = (sample: Sample) => buildTimeline(known(sample));

/** A row in short: what it is, about what, how it ended. */
const gist = ({ verb, subject, target, failed, pending, compensation }: TimelineItem) =>
	[
		verb,
		target ? targetName(target) : subject,
		failed && 'failed',
		pending && 'pending',
		compensation && 'compensation'
	]
		.filter(Boolean)
		.join(' · ');

describe('a journal from a running server', () => {
	test('a confirmed checkout', () => {
		expect(build(confirmed).map(gist)).toEqual([
			'Input',
			'Run · Price seats',
			'Call · UserSession/carol/open',
			'Call · Ticket/concert-1:S1-A-2/reserve',
			'Run · Authorise payment',
			'Call · Ticket/concert-1:S1-A-2/confirm',
			'Run · Capture payment',
			'Send · UserSession/carol/close',
			'Send · Notification/orderConfirmed',
			'Result · success'
		]);
	});

	test('a declined checkout says what was compensation, and that the notice was not', () => {
		expect(build(declined).map(gist).slice(5)).toEqual([
			'Run · Authorise payment · failed',
			'Run · Void or refund payment · compensation',
			'Call · Ticket/concert-1:S1-A-4/release · compensation',
			'Call · Ticket/concert-1:S1-A-3/release · compensation',
			'Call · UserSession/dan/close · compensation',
			'Send · Notification/orderFailed',
			'Result · [402] Payment Failed: Your card was declined. · failed'
		]);
	});

	test('one that is backing off shows its failed attempt at the step that has no result', () => {
		const items = build(backingOff);
		expect(items.map(gist).slice(4)).toEqual([
			'Run · Authorise payment · pending',
			"Attempt failed · Payment gateway answered 503: The sandbox's fault plan answers 503. · failed"
		]);
		expect(items.at(-1)).toMatchObject({ kind: 'retry', note: 'at “Authorise payment”' });
	});

	test('a cancelled checkout', () => {
		expect(build(cancelled).map(gist).slice(4)).toEqual([
			'Run · Authorise payment',
			"Attempt failed · Payment gateway answered 503: The sandbox's fault plan answers 503. · failed",
			'Cancel requested · failed',
			'Cancel call',
			'Cancel call',
			'Run · Void or refund payment · compensation',
			"Attempt failed · The sandbox's fault plan answers 503. · failed",
			'Call · Ticket/concert-1:S1-B-2/release · compensation',
			'Call · UserSession/gina/close · compensation',
			'Send · Notification/orderFailed',
			'Result · [409] Cancelled · failed'
		]);
	});

	test('a seat’s reserve shows its state before and after, and the timer it set', () => {
		const [input, get, , set, , send] = build(reserve);
		expect(input).toMatchObject({ preview: '"alice"', entries: [0] });
		expect(get).toMatchObject({
			verb: 'Get state',
			subject: 'state',
			preview: 'empty',
			entries: []
		});
		expect(set?.verb).toBe('Set state');
		expect(set?.preview).toMatch(/"status":"RESERVED","reservedBy":"alice"/);
		expect(send).toMatchObject({ verb: 'Send', target: { service: 'Ticket', handler: 'expire' } });
		expect((send?.until ?? 0) - (send?.at ?? 0)).toBeGreaterThan(14 * 60_000);
	});

	test('a row names the entries that have more to read: its own and its completion', () => {
		const row = build(confirmed).find(({ subject }) => subject === 'Authorise payment');
		expect(row?.entries).toHaveLength(1);
		const [index] = row?.entries ?? [];
		const rows = confirmed.journal.filter((each) => each.index === index);
		expect(entryDetails(rows)).toMatchObject([{ label: 'Result', payload: { kind: 'json' } }]);
	});

	test('an operation’s token is nowhere', () => {
		expect(JSON.stringify(operation)).toContain('eyJ');
		expect(JSON.stringify(build(operation))).not.toContain('eyJ');
		const text = JSON.stringify(entryDetails(operation.journal));
		expect(text).not.toContain('eyJ');
		expect(text).toContain('"x-nexus-operator":"[redacted]"');
	});
});

test('a payload that was not fetched says how large it is; a command keeps its target', () => {
	const journal = confirmed.journal.map((row): JournalRow => {
		if (row.index !== 4) return row;
		const { Command } = JSON.parse(row.entry_json) as {
			Command: { Call: { request: { invocation_id: string; invocation_target: unknown } } };
		};
		const { request, ...rest } = Command.Call;
		const { invocation_id, invocation_target } = request;
		const lite = { Command: { Call: { ...rest, invocation_id, invocation_target } } };
		const { index, entry_type, appended_at } = row;
		const entry_lite_json = JSON.stringify(lite);
		return { index, entry_type, appended_at, raw_length: 400_000, entry_lite_json };
	});
	expect(build({ journal }).find(({ index }) => index === 4)).toMatchObject({
		target: { service: 'Ticket', key: 'concert-1:S1-A-2', handler: 'reserve' },
		entries: [4, expect.any(Number)],
		largeBytes: 400_000
	});
	expect(build({ journal: journal.slice(0, 5) }).at(-1)?.preview).toBe('391 KiB, not fetched');
});

describe('a checkout that tries to take the payment again', () => {
	const entries: WireEntry[] = [
		{ index: 1, at: 1, is: 'command', type: 'Run', name: 'Authorise payment', awaits: 1 },
		{ index: 2, at: 2, is: 'completion', type: 'Run', completes: 1, failed: true },
		{ index: 3, at: 3, is: 'command', type: 'Call', awaits: 2, target: seat('extend') },
		{ index: 4, at: 4, is: 'command', type: 'Run', name: 'Authorise payment again', awaits: 3 },
		{ index: 5, at: 5, is: 'completion', type: 'Run', completes: 3, failed: true },
		{ index: 6, at: 6, is: 'command', type: 'Call', awaits: 4, target: seat('release') }
	];

	function seat(handler: string) {
		return { service: 'Ticket', key: 'concert-1:A-1', handler };
	}

	test.each([
		[4, []],
		[5, []],
		[6, [6]]
	])('with %s entries has compensation at %j', (count, compensation) => {
		const items = journalItems(entries.slice(0, count));
		expect(items.filter((item) => item.compensation).map(({ index }) => index)).toEqual(
			compensation
		);
	});
});

test('an attach names the invocation that it waits for', () => {
	const row = {
		index: 4,
		entry_type: 'Command: AttachInvocation',
		appended_at: '2026-11-22T17:23:33.402Z',
		raw_length: 60,
		entry_json:
			'{"Command":{"AttachInvocation":{"target":{"InvocationId":"inv_1"},"completion_id":2,"name":""}}}'
	};
	expect(build({ journal: [row] })[0]).toMatchObject({
		kind: 'call',
		verb: 'Attach to',
		invocationId: 'inv_1',
		pending: true
	});
});

test('an entry of a kind not known is shown as it is', () => {
	const row = {
		index: 3,
		entry_type: 'Command: Teleport',
		appended_at: '2026-11-22T17:23:33.402Z',
		raw_length: 9,
		entry_json: '{"Command":{"Teleport":{"name":"x"}}}'
	};
	expect(build({ journal: [row] })[0]).toMatchObject({
		kind: 'other',
		verb: 'Teleport',
		subject: 'x'
	});
});

const log = (id: number, at: number, change: Partial<LogRow> = {}): LogRow & { id: number } => ({
	id,
	at,
	invocationId: 'inv_1',
	service: 'Checkout',
	handler: 'checkout',
	key: null,
	kind: 'line',
	level: 'info',
	message: 'Order confirmed',
	fields: null,
	outcome: null,
	cpuMs: null,
	wallMs: null,
	...change
});

describe('logs', () => {
	test('stand where they fall on the journal’s time axis', () => {
		const start = Date.parse('2026-11-22T17:23:33.402Z');
		const logs = [
			log(2, start + 20, { level: 'error', message: 'boom\nat x', fields: { token: 'abc' } }),
			log(1, start + 20),
			log(3, start + 90, { kind: 'outcome', outcome: 'exceededCpu', cpuMs: 51, wallMs: 70 })
		];
		const items = build({ ...confirmed, logs });
		const places = ['l1', 'l2', 'l3'].map((id) => items.findIndex((item) => item.id === id));
		expect(items[(places[0] ?? 0) + 1]?.id).toBe('l2');
		expect(items[(places[1] ?? 0) + 1]?.subject).toBe('Authorise payment');
		expect(items.at(-1)).toMatchObject({
			id: 'l3',
			verb: 'Worker ran',
			subject: 'exceededCpu',
			note: 'CPU 51 ms · wall 70 ms',
			failed: true
		});
		expect(items[places[1] ?? 0]).toMatchObject({
			subject: 'boom',
			failed: true,
			details: [
				{ label: 'Text', payload: { kind: 'text', text: 'at x' } },
				{ label: 'Fields', payload: { value: { token: '[redacted]' } } }
			]
		});
	});
});

test('interleave keeps the order of both, whatever the clocks say', () => {
	const at = (source: 'journal' | 'log', ...times: number[]): TimelineItem[] =>
		times.map((time, n) => ({
			...blankItem,
			id: `${source}${n}`,
			at: time,
			source,
			kind: 'other',
			verb: ''
		}));
	const merged = interleave(at('journal', 5, 3, 9), at('log', 1, 5, 6, 20));
	expect(merged.map(({ id }) => id)).toEqual([
		'log0',
		'journal0',
		'journal1',
		'log1',
		'log2',
		'journal2',
		'log3'
	]);
});

test('lines that repeat become one row, until something else happens', () => {
	const lines = (from: number, ...messages: string[]) =>
		messages.map((message, n) => log(from + n, from + n, { message }));
	const items = build({
		journal: [],
		logs: [
			...lines(1, 'a', 'b', 'a', 'b', 'a'),
			log(6, 6, { kind: 'exception', message: 'x' }),
			...lines(7, 'a')
		]
	});
	expect(
		foldRepeats(items).map(({ subject, times, durationMs }) => [subject, times, durationMs])
	).toEqual([
		['a', 3, 4],
		['b', 2, 2],
		['x', 1, null],
		['a', 1, null]
	]);
});
