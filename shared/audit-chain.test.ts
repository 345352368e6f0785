import { describe, expect, test } from 'vitest';
import { GENESIS, hashRecord, verifyChain } from './audit-chain.ts';
import type { ChainedRecord, ChainHead } from './audit-chain.ts';

async function chain(length: number): Promise<ChainedRecord[]> {
	const records: ChainedRecord[] = [];
	for (let seq = 1; seq <= length; seq += 1) {
		const record = {
			seq,
			id: `inv_${seq}`,
			at: 1_000 + seq,
			actor: 'ann',
			role: 'operator',
			action: 'refundOrder',
			target: `ord_${seq}`,
			reason: 'customer called',
			ticket_ref: null,
			before: '{"status":"CONFIRMED"}',
			after: '{"status":"REFUNDED"}',
			outcome: 'done',
			invocation_ids: '[]',
			request_id: null,
			change_id: null,
			preview: null,
			approvals: null,
			prev_hash: records.at(-1)?.hash ?? GENESIS
		};
		records.push({ ...record, hash: await hashRecord(record) });
	}
	return records;
}

const headOf = (records: readonly ChainedRecord[]): ChainHead => {
	const last = records.at(-1);
	return last ? { seq: last.seq, hash: last.hash } : { seq: 0, hash: GENESIS };
};

/** Written anew from a record on, with hashes that fit each other. */
async function forged(records: readonly ChainedRecord[], from: number): Promise<ChainedRecord[]> {
	const kept = records.slice(0, from - 1);
	for (const record of records.slice(from - 1)) {
		const next = { ...record, actor: 'nobody', prev_hash: kept.at(-1)?.hash ?? GENESIS };
		kept.push({ ...next, hash: await hashRecord(next) });
	}
	return kept;
}

describe('an audit chain', () => {
	test.each([0, 1, 5])('of %i records holds', async (length) => {
		const records = await chain(length);
		expect(await verifyChain(records, headOf(records))).toEqual({ checked: length, broken: null });
	});

	test.each<
		[string, (records: ChainedRecord[]) => ChainedRecord[] | Promise<ChainedRecord[]>, number]
	>([
		['a changed record', (r) => r.map((x) => (x.seq === 3 ? { ...x, reason: 'none' } : x)), 3],
		['a dropped record', (r) => r.filter(({ seq }) => seq !== 2), 2],
		['a dropped end', (r) => r.slice(0, 3), 4],
		['moved records', (r) => [...r.slice(0, 2), ...r.slice(2).reverse()], 3],
		['a record twice', (r) => [...r.slice(0, 2), ...r.slice(1)], 3],
		['an end written anew', (r) => forged(r, 4), 5]
	])('shows %s', async (_, tamper, seq) => {
		const records = await chain(5);
		const verdict = await verifyChain(await tamper(records), headOf(records));
		expect(verdict.broken?.seq).toBe(seq);
	});

	test('holds with a record that its writer had no time to remember', async () => {
		const records = await chain(3);
		const head = headOf(records.slice(0, 2));
		expect(await verifyChain(records, head)).toEqual({ checked: 3, broken: null });
	});
});
