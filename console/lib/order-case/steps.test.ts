import { describe, expect, test } from 'vitest';
import type { JournalRow } from '../journal/entry.ts';
import cancelled from '../journal/fixtures/cancelled.json' with { type: 'json' };
import confirmed from '../journal/fixtures/confirmed.json' with { type: 'json' };
import declined from '../journal/fixtures/declined.json' with { type: 'json' };
import { stepsOf } from './steps.ts';

const read = (fixture: { journal: unknown }) => stepsOf(fixture.journal as JournalRow[]);

describe('stepsOf', () => {
	test('names the steps of a sale, with what each took', () => {
		const steps = read(confirmed);
		expect(steps.filter(({ kind }) => kind === 'run').map(({ name }) => name)).toEqual([
			'Price seats',
			'Authorise payment',
			'Capture payment'
		]);
		expect(
			steps.filter(({ kind }) => kind === 'run').every(({ durationMs }) => durationMs !== null)
		).toBe(true);
		expect(steps.some(({ pending }) => pending)).toBe(false);
		expect(steps.at(-1)).toMatchObject({ kind: 'end', failure: null });
	});

	test('says at which step, and with what, a sale failed', () => {
		const steps = read(declined);
		expect(steps.find(({ name }) => name === 'Authorise payment')?.failure).toMatch(
			/Payment Failed/
		);
		expect(steps.at(-1)).toMatchObject({
			kind: 'end',
			failure: expect.stringMatching(/Payment Failed/) as string
		});
	});

	test('shows a cancel, and leads to those it called', () => {
		const steps = read(cancelled);
		expect(steps.some(({ kind }) => kind === 'cancel')).toBe(true);
		const calls = steps.filter(({ kind }) => kind === 'call' || kind === 'send');
		expect(calls.every(({ invocationId }) => invocationId?.startsWith('inv_'))).toBe(true);
	});

	test('waits for what has no result while the journal grows', () => {
		const half = (confirmed.journal as JournalRow[]).slice(0, 3);
		expect(stepsOf(half).some(({ pending }) => pending)).toBe(true);
	});
});
