import type { MoneyReport } from '$shared/money-report.ts';
import { orderIdOf } from '$shared/order.ts';
import type { SeatView } from '$shared/seat-history.ts';
import { text } from '$shared/sql.ts';
import { isCancelRequested } from '../journal/explain.ts';
import { journalItems } from '../journal/journal-items.ts';
import type { TimelineItem } from '../journal/timeline.ts';
import type { OrderRow } from '../order.ts';
import type { Part } from '../order-case/case.ts';
import type { Actor } from '../permissions.ts';
import type { CheckoutFacts, InvocationFacts, OrderFacts } from '../preview/facts.ts';
import { sagaOf } from '../preview/saga.ts';
import { readInvocationDetail } from './invocation-detail.ts';
import { readRows } from './invocation-sql.ts';
import { readInvocation } from './invocations.ts';
import type { InvocationRow } from './invocations.ts';
import type { Nexus } from './nexus.ts';
import type { Ports } from './ports.ts';
import type { Admin } from './restate-admin.ts';
import { UpstreamError } from './upstream-error.ts';

/** Reads what previews are made from. What cannot be read is said in its place. */

export const isCheckout = (facts: InvocationFacts): facts is CheckoutFacts =>
	facts.service === 'Checkout';

/** An invocation, and of a checkout its seats, its money and its order; undefined when unknown. */
export async function readInvocationFacts(
	sources: Ports,
	actor: Actor,
	id: string
): Promise<InvocationFacts | CheckoutFacts | undefined> {
	const detail = await readInvocationDetail(sources, id);
	if (!detail) return undefined;
	const { header, facts, entries } = detail;
	const items = journalItems(entries, header.journalSize > entries.length);
	const about = (label: string) => facts.find((fact) => fact.label === label)?.value;
	const base: InvocationFacts = {
		...{ id, items },
		...{ service: header.service, handler: header.handler, key: header.key },
		...{ status: header.status, journalSize: header.journalSize, retryCount: header.retryCount },
		...{ nextRetryAt: header.nextRetryAt, failure: header.failure?.message ?? null },
		cancelRequested: isCancelRequested(items),
		user: header.order?.userId ?? about('User') ?? null,
		email: header.order?.email ?? about('E-mail') ?? null,
		waiting: header.lock?.waiting ?? 0,
		deployment: header.deployment
	};
	if (base.service !== 'Checkout') return base;
	const seats = facts.filter(({ kind }) => kind === 'seat').map(({ value }) => value);
	return { ...base, ...(await partsOfCheckout(sources, actor, base, header.order, seats)) };
}

async function partsOfCheckout(
	{ admin, nexus }: Ports,
	actor: Actor,
	{ id, items }: InvocationFacts,
	order: OrderRow | null,
	keys: readonly string[]
): Promise<Omit<CheckoutFacts, keyof InvocationFacts>> {
	const orderId = orderIdOf(id);
	const asked = sagaOf(items).payment !== 'none';
	const nothing: Part<MoneyReport> = { ok: true, value: { intents: [], at: Date.now() } };
	const [seats, money, reviewAt] = await Promise.all([
		part(() => readSeats(nexus, keys)),
		asked ? part(() => nexus.money(actor, orderId)) : nothing,
		readReview(admin, items)
	]);
	return { orderId, order, seats, money, reviewAt };
}

/** An order with its seats and its money as they are now; undefined when there is none. */
export async function readOrderFacts(
	{ nexus, orders }: Ports,
	actor: Actor,
	id: string
): Promise<OrderFacts | undefined> {
	const order = await orders.byId(id);
	if (!order) return undefined;
	const [seats, money] = await Promise.all([
		part(() => readSeats(nexus, order.seats)),
		part(() => nexus.money(actor, id))
	]);
	return { order, seats, money };
}

const readSeats = (nexus: Nexus, keys: readonly string[]): Promise<SeatView[]> =>
	Promise.all(keys.map((key) => nexus.seat(key)));

/** When the session that a checkout opened looks after its order; whose it is may be masked. */
async function readReview(admin: Admin, items: readonly TimelineItem[]): Promise<number | null> {
	const opened = items.find(
		({ target }) => target?.service === 'UserSession' && target.handler === 'open'
	)?.invocationId;
	if (!opened) return null;
	const found = await admin.query<{ id: string }>(
		`SELECT id FROM sys_invocation_status WHERE scope IS NULL
			AND target_service_name = 'UserSession' AND target_handler_name = 'review'
			AND status = 'scheduled' AND invoked_by_id = ${text(opened)} LIMIT 1`
	);
	const ids = found.map(({ id }) => id);
	if (ids.length === 0) return null;
	const [row] = await admin.query<InvocationRow>(readRows(ids));
	return row ? readInvocation(row).startsAt : null;
}

async function part<T>(read: () => Promise<T>): Promise<Part<T>> {
	try {
		return { ok: true, value: await read() };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		return { ok: false, message: error.message };
	}
}
