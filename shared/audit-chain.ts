/**
 * The audit as a chain: each record carries the hash of the one before it, so that a record that is
 * changed, dropped, inserted or moved breaks the chain from there on.
 */

/** A record as D1 keeps it; JSON columns as their text, exactly as stored. */
export interface ChainedRecord {
	/** From 1, without a gap. */
	seq: number;
	id: string;
	at: number;
	actor: string;
	role: string;
	action: string;
	target: string;
	reason: string;
	ticket_ref: string | null;
	before: string | null;
	after: string | null;
	outcome: string;
	invocation_ids: string;
	request_id: string | null;
	change_id: string | null;
	/** JSON array of sentences: what the operator was shown. */
	preview: string | null;
	/** JSON array of decisions. */
	approvals: string | null;
	prev_hash: string;
	hash: string;
}

/** What the first record follows. */
export const GENESIS = '0'.repeat(64);

/** In the order they are hashed in; a column that is added later goes to the end, in a new version. */
const FIELDS = [
	'seq',
	'id',
	'at',
	'actor',
	'role',
	'action',
	'target',
	'reason',
	'ticket_ref',
	'before',
	'after',
	'outcome',
	'invocation_ids',
	'request_id',
	'change_id',
	'preview',
	'approvals',
	'prev_hash'
] as const satisfies readonly (keyof ChainedRecord)[];

/** SHA-256, in hex, over the record's fields and the hash before it. */
export async function hashRecord(record: Omit<ChainedRecord, 'hash'>): Promise<string> {
	const text = JSON.stringify(FIELDS.map((field) => record[field]));
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The newest record that the writer knows of; kept apart from the records themselves. */
export interface ChainHead {
	seq: number;
	hash: string;
}

export interface ChainVerdict {
	/** Records that were held against the chain, those before the stretch included. */
	checked: number;
	/** The first record that does not fit, and why; null when all do. */
	broken: { seq: number; why: string } | null;
}

/**
 * Holds records against the chain.
 *
 * @param records in the order of `seq`
 * @param head what the writer says is the newest: a chain that ends before it was cut, and one that
 *   has another record there was written anew
 * @param after the record that the first of them follows, where the chain is walked in stretches
 */
export async function verifyChain(
	records: Iterable<ChainedRecord> | AsyncIterable<ChainedRecord>,
	head: ChainHead,
	after: ChainHead = { seq: 0, hash: GENESIS }
): Promise<ChainVerdict> {
	let prev = after.hash;
	let checked = after.seq;
	for await (const record of records) {
		const rewritten = record.seq === head.seq && record.hash !== head.hash;
		const why =
			(await faultOf(record, checked + 1, prev)) ??
			(rewritten ? 'the writer remembers another record in its place' : undefined);
		if (why !== undefined) return { checked, broken: { seq: checked + 1, why } };
		prev = record.hash;
		checked += 1;
	}
	if (checked < head.seq)
		return {
			checked,
			broken: { seq: checked + 1, why: `${head.seq - checked} records are missing` }
		};
	return { checked, broken: null };
}

async function faultOf(
	record: ChainedRecord,
	seq: number,
	prev: string
): Promise<string | undefined> {
	if (record.seq !== seq) return `the record ${seq} is missing`;
	if (record.prev_hash !== prev) return 'it does not follow the record before it';
	if (record.hash !== (await hashRecord(record))) return 'it was changed after it was written';
	return undefined;
}
