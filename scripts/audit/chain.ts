import { z } from 'zod';
import { GENESIS, verifyChain } from '../../shared/audit-chain.ts';
import type { ChainedRecord, ChainHead } from '../../shared/audit-chain.ts';
import type { Finding, Violation } from '../../shared/integrity.ts';
import { queryRestate } from '../restate-sql.ts';
import { queryD1 } from '../stack/d1.ts';
import type { Settings } from '../stack/settings.ts';

const NAME = 'The audit is an unbroken chain';

/** What the audit's writer says of itself. */
interface Writer {
	/** The newest record that must be in D1. */
	written: ChainHead;
	/** The number of the newest record that may be there. */
	placed: number;
}

/** Holds the audit's records in D1 against the hashes, and against what their writer remembers. */
export async function checkChain({ urls, dataDir }: Settings): Promise<Finding> {
	const before = await readWriter(urls.admin);
	const records = queryD1<ChainedRecord>(
		dataDir,
		'SELECT * FROM audit WHERE seq IS NOT NULL ORDER BY seq, id'
	);
	const [apart] = queryD1<{ records: number }>(
		dataDir,
		'SELECT count(*) AS records FROM audit WHERE seq IS NULL'
	);
	const after = await readWriter(urls.admin);
	const { checked, broken } = await verifyChain(records, before.written);
	const violations: Violation[] = [];
	if (broken) violations.push(violation(broken.seq, broken.why, records));
	const forged = records.find(({ seq }) => seq > after.placed);
	if (forged) violations.push(violation(forged.seq, 'its writer did not write it', records));
	// Rows from before there was a chain are taken into it with its first record.
	if (before.placed > 0 && (apart?.records ?? 0) > 0)
		violations.push({
			subject: 'records outside the chain',
			what: `${apart?.records ?? 0} without a place in it`,
			evidence: apart
		});
	return { name: NAME, checked, violations };
}

const violation = (seq: number, what: string, records: readonly ChainedRecord[]): Violation => ({
	subject: `audit record ${seq}`,
	what,
	evidence: records.find((record) => record.seq === seq) ?? { seq }
});

const head = z.object({ seq: z.number(), hash: z.string() });
const pending = z.array(z.object({ seq: z.number(), prev_hash: z.string() }));

async function readWriter(adminUrl: string): Promise<Writer> {
	const rows = await queryRestate(
		adminUrl,
		`SELECT key, value_utf8 FROM state WHERE scope IS NULL AND service_name = 'Audit'
			AND service_key = 'nexus'`,
		z.object({ key: z.string(), value_utf8: z.string() })
	);
	const read = (key: string): unknown => {
		const row = rows.find((each) => each.key === key);
		return row && JSON.parse(row.value_utf8);
	};
	const newest = head.optional().parse(read('head')) ?? { seq: 0, hash: GENESIS };
	const [first] = pending.optional().parse(read('pending')) ?? [];
	const written = first ? { seq: first.seq - 1, hash: first.prev_hash } : newest;
	return { written, placed: newest.seq };
}
