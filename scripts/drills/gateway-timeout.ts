import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { same } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Begun, Site } from './site.ts';

const HOLD_MS = 3_000;
/** Longer than the hold, and shorter than Nexus waits for the gateway. */
const LATE_MS = 7_000;
/** Longer than Nexus waits for the gateway. */
const TOO_LATE_MS = 15_000;

export const gatewayTimeout: Drill = {
	name: 'gateway-timeout',
	title: 'The gateway answers after the hold has lapsed, to two buyers; a third it never answers',
	expected:
		'the same seat again and one charge; where it was taken meanwhile, or no answer came, ' +
		'the money is returned, the seat not sold, the buyer told',
	vars: { NEXUS_HOLD_MS: String(HOLD_MS) },
	run: async (site) => {
		await site.breakGateway({ payments: { delayMs: LATE_MS, times: 2 } });
		const [kept, lost] = await Promise.all([payTooLong(site, 'kept'), payTooLong(site, 'lost')]);
		const quick = { userId: 'quick', holdForMs: 10 * 60_000 };
		const taken = await site.call(`Ticket/${lost.seat}/reserve`, quick);
		const late = [
			...(await seatKept(site, kept)),
			same('answer', 'to whoever was quicker', taken.status, 200),
			...(await seatLost(site, lost, 'Ticket lost', ['RESERVED', 'quick']))
		];
		await site.breakGateway({ payments: { delayMs: TOO_LATE_MS, times: 1 } });
		const silent = await payTooLong(site, 'silent');
		return [...late, ...(await seatLost(site, silent, LAPSED, ['AVAILABLE', null]))];
	}
};

const LAPSED = 'Ticket hold has expired or passed to someone else';

interface Late extends Begun {
	seat: string;
	email: string;
}

/** Begins to pay for a seat and waits until its hold has lapsed, with the gateway still silent. */
async function payTooLong(site: Site, userId: string): Promise<Late> {
	const seat = await site.freshSeat();
	const email = `${userId}@example.com`;
	const begun = await site.beginToPay({ ticketIds: [seat], userId, email });
	await until('the hold to lapse', async () => {
		const events = await site.records.events(seat);
		return events.includes('expire');
	});
	return { ...begun, seat, email };
}

async function seatKept({ records }: Site, { seat, orderId, answer }: Late): Promise<Evidence[]> {
	const { status } = await answer;
	const intents = await records.intentsOf(orderId);
	const { status: state, orderId: owner } = await records.seat(seat);
	return [
		same('answer', 'status', status, 200),
		same('seat', 'is', [state, owner], ['SOLD', orderId]),
		same('seat', 'history', await records.events(seat), [
			'reserve',
			'expire',
			'reserve',
			'confirm'
		]),
		same(
			'ledger',
			'charges',
			intents.map((intent) => intent.status),
			['succeeded']
		)
	];
}

async function seatLost(
	{ records }: Site,
	{ seat, email, orderId, answer }: Late,
	reason: string,
	expected: [status: string, reservedBy: string | null]
): Promise<Evidence[]> {
	const { status, message } = await answer;
	const order = await records.order(orderId);
	const intents = await records.intentsOf(orderId);
	const { status: state, reservedBy } = await records.seat(seat);
	return [
		same('answer', 'status', [status, message.slice(0, reason.length)], [409, reason]),
		same('seat', 'is', [state, reservedBy], expected),
		same(
			'ledger',
			'payments',
			intents.map((intent) => intent.status),
			['canceled']
		),
		same('order', 'is', [order.status, order.reason], ['FAILED', message]),
		same('mail', 'sent', await records.mailSubjects(email), ['Booking not completed'])
	];
}
