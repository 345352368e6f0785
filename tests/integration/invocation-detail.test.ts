import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readJournal, readPayloads } from '$lib/server/invocation-detail.ts';
import { readHeader } from '$lib/server/invocation-header.ts';
import { readLock } from '$lib/server/object-lock.ts';
import { createAdmin } from '$lib/server/restate-admin.ts';
import { answer, send, startJournalProbe, statusOf } from '../support/journal-probe.ts';
import { call, freshSeat, getSeat } from '../support/nexus.ts';

/** What the console reads of one invocation from a running Restate. */

const admin = createAdmin({ url: inject('settings').urls.admin });
const NOBODY = 'inv_1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

let stopProbe: (() => Promise<void>) | undefined;
beforeAll(async () => {
	stopProbe = await startJournalProbe();
});
afterAll(() => stopProbe?.());

async function checkout(): Promise<string> {
	const seat = await freshSeat();
	const order = { ticketId: seat, userId: 'detail', paymentMethod: 'pm_card_visa' };
	expect((await call('Checkout/checkout', order)).status).toBe(200);
	return (await getSeat(seat)).checkoutId ?? '';
}

describe('the header', () => {
	it('of a completed checkout: its deployment is the newest, and it is kept for a day', async () => {
		const id = await checkout();
		const header = await readHeader(admin, id);
		expect(header).toMatchObject({ id, status: 'succeeded', lock: null, retentionMs: 86_400_000 });
		expect(header?.deployment?.latest).toBe(header?.deployment?.id);
		expect(header?.journalSize).toBeGreaterThan(10);
	});

	it.for([NOBODY, 'inv_nonsense'])('of %s is none', async (id) => {
		expect(await readHeader(admin, id)).toBeUndefined();
	});
});

describe('the lock of a key', () => {
	it('names its holder, and who waits in which order', async () => {
		const key = crypto.randomUUID();
		const holder = await send(`LockProbe/${key}/holds`);
		await expect.poll(() => statusOf(holder)).toBe('suspended');
		const waiting: string[] = [];
		for (let n = 1; n <= 3; n++) waiting.push(await send(`LockProbe/${key}/holds`));
		await expect
			.poll(() => readLock(admin, 'LockProbe', key))
			.toEqual({ holder, waiting: 3, queue: waiting });

		for (const id of [holder, ...waiting]) await answer(id, 1, 'go');
		await expect
			.poll(() => readLock(admin, 'LockProbe', key))
			.toEqual({ holder: null, waiting: 0, queue: [] });
	});
});

describe('the journal', () => {
	it('is the same in windows of any size, each entry once and in its order', async () => {
		const id = await send('JournalProbe/long', { steps: 60 });
		await expect.poll(() => statusOf(id)).toBe('completed');
		const whole = await readJournal(admin, id, 0);
		expect(whole.map(({ index }) => index)).toEqual(whole.map((_, place) => place));
		const size = (await readHeader(admin, id))?.journalSize ?? 0;
		expect(whole).toHaveLength(size);
		const windows = [];
		for (let from = 0; from < size; from += 17)
			windows.push(...(await readJournal(admin, id, from, 17)));
		expect(windows).toEqual(whole);
		expect(await readJournal(admin, id, size)).toEqual([]);
		expect(await readJournal(admin, 'inv_nonsense', 0)).toEqual([]);
	});

	it('leaves large payloads where they are until they are asked for', async () => {
		const id = await send('JournalProbe/large', { bytes: 100_000 });
		await expect.poll(() => statusOf(id)).toBe('completed');
		const entries = await readJournal(admin, id, 0);
		expect(JSON.stringify(entries).length).toBeLessThan(2_000);
		const completion = entries.find(({ large }) => large !== undefined);
		expect(completion).toMatchObject({ is: 'completion', preview: '98 KiB, not fetched' });
		const details = await readPayloads(admin, id, [completion?.index ?? -1]);
		expect(details).toMatchObject([{ label: 'Result', payload: { kind: 'json' } }]);
		expect(JSON.stringify(details).length).toBeGreaterThan(100_000);
	});

	it('refuses a payload that no browser could show, and knows none of no entry', async () => {
		const id = await send('JournalProbe/large', { bytes: 2_500_000 });
		await expect.poll(() => statusOf(id)).toBe('completed');
		await expect(readPayloads(admin, id, [2])).rejects.toMatchObject({
			status: 413,
			message: expect.stringContaining('2.5 MB') as string
		});
		expect(await readPayloads(admin, id, [99])).toBeUndefined();
	});
});
