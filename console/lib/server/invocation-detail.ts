import { auditItems } from '../journal/audit-items.ts';
import { describe } from '../journal/describe.ts';
import type { InvocationDetail, InvocationNews, NewsCursor } from '../journal/detail.ts';
import { START } from '../journal/detail.ts';
import { entryDetails } from '../journal/entry-details.ts';
import type { Detail } from '../journal/entry-details.ts';
import type { JournalEventRow, JournalRow } from '../journal/entry.ts';
import { eventItems } from '../journal/event-items.ts';
import { logItems } from '../journal/log-items.ts';
import { wireEntry } from '../journal/wire-entry.ts';
import type { WireEntry } from '../journal/wire-entry.ts';
import { readEntries, readEvents, readWindow } from './detail-sql.ts';
import { orderOf, readHeader } from './invocation-header.ts';
import type { Ports } from './ports.ts';
import { queryById } from './query-by-id.ts';
import type { Admin } from './restate-admin.ts';
import { UpstreamError } from './upstream-error.ts';

/** Entries that come with the rest: enough for any sale's, few enough for a quick first row. */
const FIRST_WINDOW = 1000;
/** Entries that come at once when there are more. */
const WINDOW = 4000;
const MAX_EVENTS = 200;
/** An input above this is not read to say what the invocation is about. */
const MAX_INPUT_BYTES = 16_384;
/** Larger values stay where they are: a browser could not show them. */
const MAX_VALUE_BYTES = 2_000_000;

type Sources = Pick<Ports, 'admin' | 'logs' | 'orders' | 'audit'>;

/** Reads an invocation for its page; undefined when Restate knows none of that ID. @throws UpstreamError */
export async function readInvocationDetail(
	sources: Sources,
	id: string
): Promise<InvocationDetail | undefined> {
	const news = await readNews(sources, id, START);
	if (!news) return undefined;
	const about = describe(news.header, await readInput(sources.admin, id));
	// An invocation that names an order in its input is known by it only now.
	const named = about.find(({ kind }) => kind === 'order')?.value;
	const order = news.header.order ?? (await present(orderRow(sources, news.header, named))).value;
	return { ...news, header: { ...news.header, order: order ?? null }, facts: about };
}

/** What has come of an invocation since a reader's last reading. @throws UpstreamError */
export async function readNews(
	{ admin, logs, orders, audit }: Sources,
	id: string,
	{ entry, event, log }: NewsCursor
): Promise<InvocationNews | undefined> {
	const header = await readHeader(admin, id);
	if (!header) return undefined;
	const stored = Promise.all([
		logs.byInvocation(id, log),
		audit.concerning({
			invocationId: id,
			targets: [orderOf(header, undefined)].filter((each) => each !== undefined),
			since: header.createdAt
		}),
		orderRow({ orders }, header, undefined)
	]);
	const [entries, events, { value, failure }] = await Promise.all([
		header.journalSize > entry ? readJournal(admin, id, entry, FIRST_WINDOW) : [],
		admin.query<JournalEventRow>(readEvents(id, event, MAX_EVENTS)),
		present(stored)
	]);
	const [lines, records, order] = value ?? [[], [], undefined];
	return {
		header: { ...header, order: order ?? null, readAt: Date.now() },
		entries,
		events: eventItems(events),
		logs: logItems(lines),
		actions: auditItems(records),
		missing: failure && `Log lines and operators’ actions are missing: ${failure}`,
		cursor: {
			entry: entry + entries.length,
			event: Math.max(event, ...events.map(({ appended_at }) => Date.parse(appended_at))),
			log: lines.at(-1)?.id ?? log
		}
	};
}

/** A window of the journal from an index on. @throws UpstreamError */
export async function readJournal(
	admin: Admin,
	id: string,
	from: number,
	size = WINDOW
): Promise<WireEntry[]> {
	const rows = await queryById<JournalRow>(admin, readWindow(id, from, from + size));
	return rows.map(wireEntry);
}

/**
 * What some entries of a journal carry; undefined when there are none such.
 *
 * @throws UpstreamError, 413 when one is too large to be shown
 */
export async function readPayloads(
	admin: Admin,
	id: string,
	indexes: readonly number[]
): Promise<Detail[] | undefined> {
	const sql = readEntries(id, indexes, MAX_VALUE_BYTES);
	const rows = await queryById<JournalRow>(admin, sql);
	const large = rows.find(({ entry_json }) => entry_json === undefined);
	if (large)
		throw new UpstreamError(
			'payload-too-large',
			`This value takes ${(large.raw_length / 1e6).toFixed(1)} MB, more than the console shows (2 MB)`,
			{ status: 413 }
		);
	return rows.length === 0 ? undefined : entryDetails(rows);
}

/** The decoded input, unless it is too large to say anything in a line. */
async function readInput(admin: Admin, id: string): Promise<unknown> {
	const rows = await admin.query<JournalRow>(readEntries(id, [0], MAX_INPUT_BYTES));
	const details = entryDetails(rows.filter(({ entry_json }) => entry_json !== undefined));
	const payload = details[0]?.payload;
	return payload?.kind === 'json' ? payload.value : undefined;
}

const orderRow = async (
	{ orders }: Pick<Sources, 'orders'>,
	invocation: Parameters<typeof orderOf>[0],
	named: string | undefined
) => {
	const id = orderOf(invocation, named);
	return id === undefined ? undefined : orders.byId(id);
};

/** D1 down must not hide what Restate knows: what failed is said instead of thrown. */
async function present<T>(
	reading: Promise<T>
): Promise<{ value: T; failure: null } | { value: undefined; failure: string }> {
	try {
		return { value: await reading, failure: null };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		return { value: undefined, failure: error.message };
	}
}
