import type { D1Database } from '@cloudflare/workers-types';
import { GENESIS, verifyChain } from '$shared/audit-chain.ts';
import type { ChainedRecord, ChainHead, ChainVerdict } from '$shared/audit-chain.ts';
import type { ChainWalk } from '../audit-record.ts';
import { readStored } from './audit.ts';
import { chainFrom, COUNT_UNCHAINED } from './audit-sql.ts';
import { UpstreamError } from './upstream-error.ts';

/** Where a walk begins. */
export const START: ChainHead = { seq: 0, hash: GENESIS };

/** Records a statement, and in one request: a Worker has its seconds and its megabytes. */
const BATCH = 500;
const STRETCH = 10_000;

/**
 * Walks a stretch of the chain: from behind `after`, which an earlier stretch came to, as far as one
 * request should go.
 *
 * @param readHead asks the writer for its newest record
 * @throws UpstreamError when the audit cannot be read
 */
export async function walkChain(
	db: D1Database,
	readHead: () => Promise<ChainHead>,
	after: ChainHead,
	stretch = STRETCH
): Promise<ChainWalk> {
	const head = await asked(readHead);
	let at = after;
	for (let walked = 0; walked < stretch; walked += BATCH) {
		const { records, ended } = await readBatch(db, at);
		const last = records.at(-1) ?? at;
		// Where records are left to read, their end says nothing of the chain's.
		const expected = head && (ended || head.seq <= last.seq) ? head : START;
		const { checked, broken } = await verifyChain(records, expected, at);
		at = reached(records, checked) ?? at;
		if (broken) return { checked, broken, at, head, done: true };
		if (ended) return { checked, broken: await besides(db, at), at, head, done: true };
	}
	return { checked: at.seq, broken: null, at, head, done: false };
}

async function readBatch(
	db: D1Database,
	after: ChainHead
): Promise<{ records: ChainedRecord[]; ended: boolean }> {
	const rows = await readStored<ChainedRecord>(db, chainFrom(after, BATCH + 2));
	const known = rows[0]?.seq === after.seq && rows[0].hash === after.hash ? 1 : 0;
	return {
		records: rows.slice(known, known + BATCH),
		ended: rows.length - known <= BATCH
	};
}

/** The last record that was found to fit. */
function reached(records: readonly ChainedRecord[], checked: number): ChainHead | undefined {
	const record = records.find(({ seq }) => seq === checked);
	return record && { seq: record.seq, hash: record.hash };
}

/** Once there is a chain, a record without a place in it was not written by its writer. */
async function besides(db: D1Database, at: ChainHead): Promise<ChainVerdict['broken']> {
	if (at.seq === 0) return null;
	const [row] = await readStored<{ n: number }>(db, { sql: COUNT_UNCHAINED, values: [] });
	const outside = row?.n ?? 0;
	return outside === 0
		? null
		: { seq: at.seq + 1, why: `${outside} records stand beside the chain, without a place in it` };
}

async function asked(readHead: () => Promise<ChainHead>): Promise<ChainHead | null> {
	try {
		return await readHead();
	} catch (error) {
		if (error instanceof UpstreamError) return null;
		throw error;
	}
}
