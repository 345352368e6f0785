import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredLog } from '$shared/log-row.ts';
import type { AuditRecord } from '../audit-record.ts';
import { CASE_SOURCES } from './case-item.ts';
import { caseTimeline, gapsOf } from './case-timeline.ts';
import type { Notes } from './case-timeline.ts';
import {
	checkout,
	facts,
	intent,
	invocation,
	money,
	refund,
	seat,
	workflow
} from './case-fixture.ts';

const NOTHING: Notes = { logs: { ok: true, value: [] }, audit: { ok: true, value: [] } };

const line = (id: number, at: number, change: Partial<StoredLog> = {}): StoredLog => ({
	...{ id, at, invocationId: 'inv_1abcdefgh', service: 'Checkout', handler: 'checkout', key: null },
	...{ kind: 'line', level: 'info', message: 'Order confirmed', fields: null },
	...{ outcome: null, cpuMs: null, wallMs: null },
	...change
});

describe('caseTimeline', () => {
	test('puts every source on one time axis', () => {
		const known = facts({
			money: money(intent({ refunds: [refund(12000)] })),
			seats: {
				ok: true,
				value: [
					{
						...seat('e:A-1'),
						history: [
							{
								...{
									at: 5,
									event: 'confirm',
									from: 'RESERVED',
									to: 'SOLD',
									epoch: 2,
									actor: 'alice'
								},
								...{ reason: null, invocationId: 'inv_1', holdId: 'h', orderId: 'o' }
							}
						]
					}
				]
			},
			workflow: workflow(
				checkout({ setbacks: [{ at: 9, paused: false, step: 'Capture payment', message: '503' }] }),
				{ notifications: [invocation()], payments: [invocation({ handler: 'observe' })] }
			)
		});
		const operator: AuditRecord = {
			id: 'inv_op',
			at: 7,
			actor: 'olga',
			role: 'operator',
			action: 'refundOrder',
			target: 'o',
			reason: 'asked for it, Bearer abc.def',
			outcome: 'done'
		};
		const items = caseTimeline(known, {
			logs: { ok: true, value: [line(1, 3)] },
			audit: { ok: true, value: [operator] }
		});
		expect(new Set(items.map(({ source }) => source)).size).toBe(6);
		const times = items.map(({ at }) => at);
		expect(times).toEqual(times.toSorted((a, b) => a - b));
		expect(items.find(({ source }) => source === 'operator')?.detail).not.toContain('abc.def');
		expect(items.find(({ title }) => title === 'Attempt failed at “Capture payment”')?.failed).toBe(
			true
		);
	});

	test('leaves out that a Worker ran well, not that one died', () => {
		const logs = [
			line(1, 1, { kind: 'outcome', outcome: 'ok' }),
			line(2, 2, { kind: 'outcome', outcome: 'exception' })
		];
		const shown = caseTimeline(facts(), { ...NOTHING, logs: { ok: true, value: logs } });
		expect(shown.filter(({ source }) => source === 'log')).toMatchObject([
			{ title: 'Worker ended: exception', failed: true }
		]);
	});

	test('folds what the log says again and again', () => {
		const logs = [line(1, 1), line(2, 4), line(3, 9), line(4, 10, { message: 'else' })];
		const shown = caseTimeline(facts(), { ...NOTHING, logs: { ok: true, value: logs } });
		expect(shown.slice(0, 2)).toMatchObject([{ at: 1, times: 3, durationMs: 8 }, { times: 1 }]);
	});

	test('shows what can be read when a part cannot', () => {
		const down = { ok: false, message: 'down' } as const;
		const known = facts({ seats: down, money: down, workflow: down });
		const notes = { logs: down, audit: down };
		const items = caseTimeline(known, notes);
		expect(items.map(({ title }) => title)).toEqual(['Order recorded']);
		expect(Object.keys(gapsOf(known, notes)).toSorted()).toEqual(CASE_SOURCES.toSorted());
		expect(gapsOf(facts({ money: down }), NOTHING)).toEqual({ money: 'down' });
	});

	test('gives each item an ID of its own, in order of time', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1e9 }), { maxLength: 30 }), (times) => {
				const logs = times.map((at, id) => line(id, at, { message: `line ${id}` }));
				const items = caseTimeline(facts(), { ...NOTHING, logs: { ok: true, value: logs } });
				expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
				expect(items.every(({ at }, n) => n === 0 || at >= (items[n - 1]?.at ?? 0))).toBe(true);
			})
		);
	});
});
