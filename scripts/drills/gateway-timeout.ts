import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { same } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Begun, Site } from './site.ts';

const HOLD_MS = 3_000;
/** Longer than the hold and shorter than a call to the gateway may take. */
const HELD_MS = 7_000;

export const gatewayTimeout: Drill = {
	name: 'gateway-timeout',
	title:
		'The gateway answers after the hold has lapsed; then again, and the seat is taken meanwhile',
	expected: 'the same seat again and one charge; or the seat stays lost, the money returned, told',
	vars: { NEXUS_HOLD_MS: String(HOLD_MS) },
	run: async (site) => [...(await nobodyCame(site)), ...(await somebodyCame(site))]
};

async function nobodyCame(site: Site): Promise<Evidence[]> {
	const { records } = site;
	const { seat, begun } = await payTooLong(site, 'late@example.com');
	const { status } = await begun.answer;
	const intents = await records.intentsOf(begun.orderId);
	const { status: state, orderId: owner } = await records.seat(seat);
	return [
		same('answer', 'status', status, 200),
		same('seat', 'is', [state, owner], ['SOLD', begun.orderId]),
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

async function somebodyCame(site: Site): Promise<Evidence[]> {
	const { records } = site;
	const email = 'lost@example.com';
	const { seat, begun } = await payTooLong(site, email);
	const taken = await site.call(`Ticket/${seat}/reserve`, {
		userId: 'quick',
		holdForMs: 10 * 60_000
	});
	const { status, message } = await begun.answer;
	const order = await records.order(begun.orderId);
	const intents = await records.intentsOf(begun.orderId);
	const { status: state, reservedBy } = await records.seat(seat);
	return [
		same('answer', 'to whoever was quicker', taken.status, 200),
		same('answer', 'status', [status, message.split(':')[0]], [409, 'Ticket lost']),
		same('seat', 'is', [state, reservedBy], ['RESERVED', 'quick']),
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

/** Begins to pay for a seat and waits until its hold has lapsed, with the gateway still silent. */
async function payTooLong(site: Site, email: string): Promise<{ seat: string; begun: Begun }> {
	const seat = await site.freshSeat();
	await site.breakGateway({ payments: { delayMs: HELD_MS, times: 1 } });
	const begun = await site.beginToPay({ ticketIds: [seat], userId: 'slow', email });
	await until('the hold to lapse', async () => {
		const events = await site.records.events(seat);
		return events.includes('expire');
	});
	return { seat, begun };
}
