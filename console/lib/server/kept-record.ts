import type { LogFilter } from '../log-filter.ts';
import { LOG_LEVELS } from '../log-filter.ts';
import { auditItems } from '../journal/audit-items.ts';
import { logItems } from '../journal/log-items.ts';
import type { TimelineItem } from '../journal/timeline.ts';
import type { KeptRecord } from '../kept-record.ts';
import { NO_ORDER_FILTER } from '../order-filter.ts';
import type { Ports } from './ports.ts';
import { orderIdOf } from '$shared/order.ts';

type Stores = Pick<Ports, 'logs' | 'orders' | 'audit'>;

const LINES = 100;
const ORDERS = 10;

/** What an invocation left in D1. @throws UpstreamError when D1 fails */
export async function readKeptOfInvocation(
	{ logs, orders, audit }: Stores,
	id: string
): Promise<KeptRecord> {
	const order = await orders.byId(orderIdOf(id));
	const [lines, records] = await Promise.all([
		logs.byInvocation(id),
		audit.concerning({ invocationId: id, targets: order ? [order.id] : [], since: 0 })
	]);
	return {
		orders: order ? [order] : [],
		items: newestFirst([...logItems(lines), ...auditItems(records)])
	};
}

/** What was done with a seat, as D1 has it. @throws UpstreamError when D1 fails */
export async function readKeptOfSeat(
	{ logs, orders, audit }: Stores,
	key: string
): Promise<KeptRecord> {
	const [bought, lines, records] = await Promise.all([
		orders.list({ ...NO_ORDER_FILTER, term: key }, null, ORDERS),
		logs.rows(linesOf(key), null, LINES, Date.now()),
		// Records name what they are about; no invocation has a seat's key for an ID.
		audit.concerning({ invocationId: key, since: 0 })
	]);
	return { orders: bought.rows, items: newestFirst([...logItems(lines), ...auditItems(records)]) };
}

const linesOf = (key: string): LogFilter => ({
	...{ levels: LOG_LEVELS.filter((level) => level !== 'debug'), kinds: [], invocationId: null },
	...{ service: 'Ticket', handler: null, key, text: null, range: { kind: 'recent', span: '7d' } }
});

const newestFirst = (items: readonly TimelineItem[]): TimelineItem[] =>
	items.toSorted((a, b) => b.at - a.at).slice(0, LINES);
