import type { ChangeView } from '$shared/change.ts';
import { integer } from '$shared/sql.ts';
import type { ChangeList, ChangeReading, ListedChange } from '../operations/change-reading.ts';
import { progressOf } from '../operations/change-words.ts';
import type { Invocation } from '../invocation.ts';
import type { Part } from '../order-case/case.ts';
import type { Actor } from '../permissions.ts';
import { readRows } from './invocation-sql.ts';
import { inOrder, readInvocation } from './invocations.ts';
import type { InvocationRow } from './invocations.ts';
import type { Ports } from './ports.ts';
import type { Admin } from './restate-admin.ts';
import { singleFlight } from './single-flight.ts';
import { UpstreamError } from './upstream-error.ts';

/** Changes as the service keeps them, for the pages that show them. */

const LISTED = 200;

const VIEWS = `FROM state WHERE service_name = 'Change' AND key = 'view'`;
const STATUS = `json_get_str(value_utf8, 'status')`;

/** The newest changes, and all that are not at their end. @throws UpstreamError */
export async function listChanges(admin: Admin): Promise<ChangeList> {
	const read = (where: string) =>
		admin.query<{ view: string }>(
			`SELECT value_utf8 AS view ${VIEWS} AND ${where}
				ORDER BY json_get_int(value_utf8, 'createdAt') DESC LIMIT ${integer(LISTED + 1)}`
		);
	const open = `${STATUS} IN ('awaiting-approval', 'counting-down', 'under-way')`;
	const [going, ended] = await Promise.all([read(open), read(`NOT (${open})`)]);
	const views = going.slice(0, LISTED).map(listed);
	return {
		waiting: views.filter(({ status }) => status === 'awaiting-approval'),
		going: views.filter(({ status }) => status !== 'awaiting-approval'),
		ended: ended.slice(0, LISTED).map(listed),
		more: going.length > LISTED || ended.length > LISTED,
		readAt: Date.now()
	};
}

function listed({ view }: { view: string }): ListedChange {
	const { evidence: _, preview: __, ...rest } = JSON.parse(view) as ChangeView;
	return rest;
}

/** However many pages show it, an isolate counts this often. */
const COUNT_FRESH_MS = 5000;
const COUNT_LOST_MS = 5000;

let counter: (() => Promise<number>) | undefined;

/** How many changes await a second person, a few seconds old at most. @throws UpstreamError */
export function countWaiting(admin: Admin): Promise<number> {
	counter ??= singleFlight(() => count(admin), {
		freshMs: COUNT_FRESH_MS,
		lostMs: COUNT_LOST_MS
	});
	return counter();
}

async function count(admin: Admin): Promise<number> {
	const [row] = await admin.query<{ n: number }>(
		`SELECT count(*) AS n ${VIEWS} AND ${STATUS} = 'awaiting-approval'`
	);
	return row?.n ?? 0;
}

/** Reads a change with what came of it. @throws UpstreamError, 404 when there is no such change */
export async function readChange(
	{ admin, nexus, audit }: Ports,
	actor: Actor,
	id: string
): Promise<ChangeReading> {
	const change = await nexus.change(actor, id);
	const [follows, bulk, records] = await Promise.all([
		part(() => readFollows(admin, change.invocationIds)),
		change.action === 'bulk' ? nexus.bulk(actor, id) : undefined,
		part(() => audit.ofChange(id))
	]);
	const progress = progressOf(change, follows.ok ? follows.value : []);
	return { change, progress, follows, bulk: bulk ?? null, records, readAt: Date.now() };
}

const MAX_FOLLOWS = 50;

async function readFollows(admin: Admin, all: readonly string[]): Promise<Invocation[]> {
	const ids = all.slice(0, MAX_FOLLOWS);
	if (ids.length === 0) return [];
	const rows = await admin.query<InvocationRow>(readRows(ids));
	return inOrder(ids, rows.map(readInvocation));
}

async function part<T>(read: () => Promise<T>): Promise<Part<T>> {
	try {
		return { ok: true, value: await read() };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		return { ok: false, message: error.message };
	}
}
