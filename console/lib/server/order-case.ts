import type { StoredLog } from '$shared/log-row.ts';
import type { SeatTransition } from '$shared/seat-history.ts';
import { caseTimeline, gapsOf } from '../order-case/case-timeline.ts';
import type { CaseItem } from '../order-case/case-item.ts';
import type { CaseSeat, OrderFacts, Part } from '../order-case/case.ts';
import { verdictOf } from '../order-case/verdict.ts';
import type { Verdict } from '../order-case/verdict.ts';
import { invocationOf } from '../audit-record.ts';
import type { Actor } from '../permissions.ts';
import type { OrderRow } from '../order.ts';
import type { Nexus } from './nexus.ts';
import { readWorkflow } from './order-workflow.ts';
import type { Ports } from './ports.ts';
import { UpstreamError } from './upstream-error.ts';

/** One reading of an order and of everything that happened to it; fit for a page. */
export interface OrderReading extends OrderFacts {
	verdict: Verdict;
	timeline: CaseItem[];
	/** Why a source is missing from the timeline. */
	gaps: ReturnType<typeof gapsOf>;
	readAt: number;
}

/** Invocations beside the checkout whose log lines are shown. */
const MAX_LOGGED = 10;

/**
 * Reads an order; undefined when there is none. What cannot be read now is said in its place: an
 * outage of one part hides no other.
 *
 * @throws UpstreamError when the order itself cannot be read
 */
export async function readOrderCase(
	{ admin, nexus, orders, logs, audit: records }: Ports,
	actor: Actor,
	id: string
): Promise<OrderReading | undefined> {
	const order = await orders.byId(id);
	if (!order) return undefined;
	const audit = await part(() => records.ofOrder(order));
	const acts = audit.ok ? audit.value : [];
	const actions = [
		...new Set(acts.flatMap((each) => [invocationOf(each), ...each.invocationIds]))
	].filter((each) => each !== order.invocationId);
	const [seats, money, workflow] = await Promise.all([
		part(() => Promise.all(order.seats.map((key) => readSeat(nexus, key, order)))),
		part(() => nexus.money(actor, id)),
		part(() => readWorkflow(admin, order, actions))
	]);
	const beside = workflow.ok
		? [...workflow.value.notifications, ...workflow.value.payments].map((each) => each.id)
		: [];
	const logged = [order.invocationId, ...actions, ...beside].slice(0, MAX_LOGGED + 1);
	const lines = await part(async (): Promise<StoredLog[]> =>
		(await Promise.all(logged.map((each) => logs.byInvocation(each)))).flat()
	);
	const facts: OrderFacts = { order, seats, money, workflow };
	const notes = { logs: lines, audit };
	return {
		...facts,
		verdict: verdictOf(facts),
		timeline: caseTimeline(facts, notes),
		gaps: gapsOf(facts, notes),
		readAt: Date.now()
	};
}

async function readSeat(nexus: Nexus, key: string, order: OrderRow): Promise<CaseSeat> {
	const [seat, history] = await Promise.all([nexus.seat(key), nexus.seatHistory(key)]);
	return { seat, history: history.filter((transition) => isOf(order, transition)) };
}

const isOf = (order: OrderRow, { orderId, holdId, invocationId }: SeatTransition): boolean =>
	orderId === order.id || holdId === order.id || invocationId === order.invocationId;

async function part<T>(read: () => Promise<T>): Promise<Part<T>> {
	try {
		return { ok: true, value: await read() };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		return { ok: false, message: error.message };
	}
}
