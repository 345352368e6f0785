import type { D1Database } from '@cloudflare/workers-types';
import type { AuditCursor, AuditFilter } from '../audit-filter.ts';
import type { AuditEntry } from '../audit-record.ts';
import type { OrderRow } from '../order.ts';
import type { ChainedRecord } from '$shared/audit-chain.ts';
import type { Decision } from '$shared/change.ts';
import { AUDIT_ACTIONS, AUDIT_COLUMNS, buyersOf, listAudit } from './audit-sql.ts';
import type { Statement } from './order-sql.ts';
import { UpstreamError } from './upstream-error.ts';

/** What operators did, as Operations recorded it in D1. */
export interface Audit {
	/**
	 * The newest records from a time on that concern an invocation, or any of the other things
	 * (an order, a seat) that stand for the same case; oldest first.
	 */
	concerning: (which: {
		invocationId: string;
		targets?: readonly string[];
		since: number;
	}) => Promise<AuditEntry[]>;
	/** The newest records of an order, of its checkout, and of its seats while they were its own. */
	ofOrder: (order: Pick<OrderRow, 'id' | 'invocationId' | 'seats'>) => Promise<AuditEntry[]>;
	/** What was recorded of a change: its proposal, decisions on it, and its end. */
	ofChange: (changeId: string) => Promise<AuditEntry[]>;
	/** A page of the records of a filter, newest first, and whether there are older ones. */
	list: (
		filter: AuditFilter,
		before: AuditCursor | null,
		limit: number
	) => Promise<{ rows: AuditEntry[]; more: boolean }>;
	/** The kinds of change that there are records of. */
	actions: () => Promise<string[]>;
}

const LIMIT = 200;

/**
 * @param options.meet is told of the buyers whom records may name in their sentences, where their
 *   reader may not see who they are
 * @throws UpstreamError from every method when D1 fails
 */
export function createAudit(
	db: D1Database,
	{ meet }: { meet?: (people: unknown) => void } = {}
): Audit {
	async function read(query: Statement): Promise<AuditEntry[]> {
		const rows = await readStored<OldOrNew>(db, query);
		if (meet) {
			const targets = JSON.stringify(rows.map(({ target }) => target));
			for (const buyer of await readStored(db, buyersOf(targets))) meet(buyer);
		}
		return rows.map(readEntry);
	}

	const newest = async (where: string, values: (string | number)[]): Promise<AuditEntry[]> => {
		const sql = `SELECT ${AUDIT_COLUMNS} FROM audit WHERE ${where} ORDER BY at DESC LIMIT ${LIMIT}`;
		return (await read({ sql, values })).reverse();
	};
	return {
		concerning: ({ invocationId, targets = [], since }) =>
			newest(
				`at >= ? AND (id = ? OR target IN (${marks([invocationId, ...targets])})
					OR instr(invocation_ids, ?) > 0)`,
				[since, invocationId, invocationId, ...targets, `"${invocationId}"`]
			),
		ofOrder: ({ id, invocationId, seats }) =>
			newest(`target IN (?, ?) OR (target IN (${marks(seats)}) AND instr(invocation_ids, ?) > 0)`, [
				id,
				invocationId,
				...seats,
				`"${invocationId}"`
			]),
		ofChange: (changeId) => newest('change_id = ?', [changeId]),
		async list(filter, before, limit) {
			const rows = await read(listAudit(filter, before, limit + 1, Date.now()));
			return { rows: rows.slice(0, limit), more: rows.length > limit };
		},
		actions: async () => {
			const rows = await readStored<{ action: string }>(db, { sql: AUDIT_ACTIONS, values: [] });
			return rows.map(({ action }) => action);
		}
	};
}

/** @throws UpstreamError when D1 fails */
export async function readStored<Row>(db: D1Database, { sql, values }: Statement): Promise<Row[]> {
	try {
		return (
			await db
				.prepare(sql)
				.bind(...values)
				.all<Row>()
		).results;
	} catch (cause) {
		throw new UpstreamError('audit-unreadable', 'The audit (D1) cannot be read now', {
			status: 503,
			retryable: true,
			cause
		});
	}
}

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');

/** Records from before there was a chain lack what came with it. */
type OldOrNew = Omit<ChainedRecord, 'seq' | 'hash'> & { seq: number | null; hash: string | null };

const readEntry = (row: OldOrNew): AuditEntry => ({
	id: row.id,
	at: row.at,
	actor: row.actor,
	role: row.role,
	action: row.action,
	target: row.target,
	reason: row.reason,
	outcome: row.outcome,
	seq: row.seq,
	hash: row.hash,
	ticketRef: row.ticket_ref,
	before: parse(row.before),
	after: parse(row.after),
	invocationIds: (parse(row.invocation_ids) ?? []) as string[],
	requestId: row.request_id,
	changeId: row.change_id,
	preview: (parse(row.preview) ?? []) as string[],
	approvals: (parse(row.approvals) ?? []) as Decision[]
});

const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
