import type { D1Database } from '@cloudflare/workers-types';
import { text } from '$shared/sql.ts';
import { money } from '../format.ts';
import { NO_ORDER_FILTER } from '../order-filter.ts';
import type { OrderRow } from '../order.ts';
import { planSearch } from '../search.ts';
import type { SearchHit, SearchResult } from '../search.ts';
import { listEvents } from './events.ts';
import type { EventRow } from './events.ts';
import { readRows } from './invocation-sql.ts';
import { readInvocation } from './invocations.ts';
import type { InvocationRow } from './invocations.ts';
import type { Nexus } from './nexus.ts';
import type { Orders } from './orders.ts';
import type { Admin } from './restate-admin.ts';
import { UpstreamError } from './upstream-error.ts';

/** Hits of a kind: who has more in hand narrows the search. */
const LIMIT = 8;
/** Events in which a seat without its event is looked for: the newest. */
const SEAT_EVENTS = 5;
/** A search answers with what it has by then. */
const TIMEOUT_MS = 2000;

/** Looks in every source at once; one that fails or is slow is named, and the others still answer. */
export async function search(
	{ admin, nexus, orders, db }: { admin: Admin; nexus: Nexus; orders: Orders; db: D1Database },
	query: string
): Promise<SearchResult> {
	if (query === '') return { query, hits: [], problems: [] };
	const events = await listEvents(db);
	const newest = events.slice(0, SEAT_EVENTS).map(({ id }) => id);
	const plan = planSearch(query, newest);
	const found = await Promise.all([
		attempt(async () => {
			const { rows } = await orders.list({ ...NO_ORDER_FILTER, term: query }, null, LIMIT);
			return rows.map((row) => orderHit(row, query));
		}),
		attempt(() => findSeats(nexus, plan.seatKeys)),
		attempt(() => findTouchedSeats(admin, plan.seatPrefix)),
		attempt(() => findInvocations(admin, plan.invocationPart, query)),
		attempt(() => findDeployments(admin, plan.deploymentPrefix))
	]);
	const named = events.filter((event) => isNamed(event, query)).slice(0, LIMIT);
	const hits = found.flatMap((each) => ('hits' in each ? each.hits : []));
	const problems = found.flatMap((each) => ('problem' in each ? each.problem : []));
	return {
		query,
		hits: unique([...hits, ...named.map((event) => eventHit(event, query))]),
		problems: [...new Set(problems)]
	};
}

type Attempt = { hits: SearchHit[] } | { problem: string };

async function attempt(find: () => Promise<SearchHit[]>): Promise<Attempt> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<Attempt>((resolve) => {
		timer = setTimeout(() => resolve({ problem: 'A source took too long to answer' }), TIMEOUT_MS);
	});
	try {
		return await Promise.race([find().then((hits) => ({ hits })), late]);
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		return { problem: error.message };
	} finally {
		clearTimeout(timer);
	}
}

function orderHit(order: OrderRow, query: string): SearchHit {
	const { id, userId, email, seats, amount, currency, paymentIntent } = order;
	const who = email === null || email === userId ? userId : `${userId} <${email}>`;
	return {
		kind: 'order',
		id,
		label: id,
		detail: `${who} · ${seats.join(', ')} · ${money(amount, currency)}`,
		status: `order:${order.status}`,
		exact: query === id || query === paymentIntent
	};
}

/** Seats asked for by name; one that its event's plan does not know is no hit. */
async function findSeats(nexus: Nexus, keys: readonly string[]): Promise<SearchHit[]> {
	const found = await Promise.all(
		keys.map((key) =>
			nexus.seat(key).catch((error: unknown) => {
				if (error instanceof UpstreamError && [400, 404].includes(error.status)) return undefined;
				throw error;
			})
		)
	);
	return found.flatMap((seat): SearchHit[] =>
		seat
			? [
					{
						kind: 'seat',
						id: seat.key,
						label: seat.key,
						detail: seat.reservedBy ?? '',
						status: seat.overdue ? 'OVERDUE' : seat.status,
						exact: true
					}
				]
			: []
	);
}

/** Seats whose key begins so, among those that anybody ever touched. */
async function findTouchedSeats(admin: Admin, prefix: string | null): Promise<SearchHit[]> {
	if (prefix === null) return [];
	const rows = await admin.query<{ key: string; status: string }>(
		`SELECT service_key AS key, json_get_str(value_utf8, 'status') AS status FROM state
		WHERE service_name = 'Ticket' AND key = 'state' AND starts_with(service_key, ${text(prefix)})
		ORDER BY service_key LIMIT ${LIMIT}`,
		{ timeoutMs: TIMEOUT_MS }
	);
	return rows.map(({ key, status }) => ({
		kind: 'seat',
		id: key,
		label: key,
		detail: '',
		status,
		exact: false
	}));
}

/** Invocations by a part of their ID; the newest ones where it is in many. */
async function findInvocations(
	admin: Admin,
	part: string | null,
	query: string
): Promise<SearchHit[]> {
	if (part === null) return [];
	const found = await admin.query<{ id: string }>(
		`SELECT id FROM sys_invocation_status WHERE strpos(id, ${text(part)}) > 0
		ORDER BY created_at DESC LIMIT ${LIMIT}`,
		{ timeoutMs: TIMEOUT_MS }
	);
	if (found.length === 0) return [];
	const ids = found.map(({ id }) => id);
	const rows = await admin.query<InvocationRow>(readRows(ids), { timeoutMs: TIMEOUT_MS });
	return rows
		.map(readInvocation)
		.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
		.map(({ id, service, handler, key, status }) => ({
			kind: 'invocation',
			id,
			label: id,
			detail: `${service}.${handler}${key === null ? '' : ` ${key}`}`,
			status,
			exact: id === query
		}));
}

async function findDeployments(admin: Admin, prefix: string | null): Promise<SearchHit[]> {
	if (prefix === null) return [];
	const found = (await admin.deployments()).filter(({ id }) => id.startsWith(prefix));
	return found.slice(0, LIMIT).map(({ id, uri }) => ({
		kind: 'deployment',
		id,
		label: id,
		detail: uri,
		status: null,
		exact: id === prefix
	}));
}

const isNamed = ({ id, name }: EventRow, query: string): boolean =>
	`${id} ${name}`.toLowerCase().includes(query.toLowerCase());

const eventHit = ({ id, name }: EventRow, query: string): SearchHit => ({
	kind: 'event',
	id,
	label: name,
	detail: id,
	status: null,
	exact: id === query
});

/** A seat may be found both by name and among the touched. */
const unique = (hits: readonly SearchHit[]): SearchHit[] =>
	[...new Map(hits.toReversed().map((hit) => [`${hit.kind} ${hit.id}`, hit])).values()].reverse();
