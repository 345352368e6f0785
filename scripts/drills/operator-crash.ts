import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { same, tally } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Site } from './site.ts';

/** The gateway has done the refund, and the Worker waits for its answer. */
const HELD_MS = 3_000;
/** Operators' changes that are under way when workerd dies, and dies again. */
const CHANGES = 24;
const KILLS = 2;

export const operatorCrash: Drill = {
	name: 'operator-crash',
	title: 'workerd is killed under an operator’s refund, and twice under two dozen releases',
	expected: 'each is done once and recorded once, and the audit is an unbroken chain',
	run: async (site) => [...(await refundUnderFire(site)), ...(await releasesUnderFire(site))]
};

async function refundUnderFire(site: Site): Promise<Evidence[]> {
	const { records } = site;
	const seat = await site.freshSeat();
	const email = 'refunded@example.com';
	const bought = await site.begin({ ticketIds: [seat], userId: 'olga', email });
	await bought.answer;
	const { orderId } = bought;
	await records.order(orderId);
	await site.breakGateway({ payments: { delayMs: HELD_MS } });
	const refund = site.operate('refundOrder', {
		orderId,
		reason: 'drill: the show is off',
		expect: { status: 'CONFIRMED' }
	});
	await until('the gateway to have the refund', async () => {
		const [intent] = await records.intentsOf(orderId);
		return (intent?.amount_refunded ?? 0) > 0;
	});
	await site.stack.service.kill();
	await site.mendGateway();
	const { status } = await refund;
	const [intent] = await records.intentsOf(orderId);
	await until('the order to be refunded', () =>
		Promise.resolve(
			records.orders().some(({ id, status: is }) => id === orderId && is === 'REFUNDED')
		)
	);
	return [
		same('answer', 'to the operator', status, 200),
		same('ledger', 'given back', intent?.amount_refunded, intent?.amount),
		same('seat', 'is', (await records.seat(seat)).status, 'AVAILABLE'),
		same('audit', 'records', records.auditOf(orderId), [
			{ action: 'refundOrder', outcome: 'done', actor: 'drill' }
		])
	];
}

async function releasesUnderFire(site: Site): Promise<Evidence[]> {
	const { records, stack } = site;
	const seats = await site.freshSeats(CHANGES);
	await Promise.all(seats.map((seat) => site.call(`Ticket/${seat}/reserve`, 'pia')));
	const recorded = () => seats.flatMap((seat) => records.auditOf(seat)).length;
	const answers = seats.map((seat) =>
		site.operate('forceRelease', { seat, reason: 'drill: a bot held it', expect: { epoch: 1 } })
	);
	for (let kills = 1; kills <= KILLS; kills++) {
		await until('some to be recorded', () => Promise.resolve(recorded() >= kills));
		await stack.service.kill();
	}
	const statuses = (await Promise.all(answers)).map(({ status }) => status);
	const histories = await Promise.all(seats.map((seat) => records.events(seat)));
	return [
		same('answer', 'to the operator', tally(statuses), { 200: CHANGES }),
		same('seat', 'events', tally(histories.map((events) => events.join(' '))), {
			'reserve force-release': CHANGES
		}),
		same('audit', 'records', recorded(), CHANGES)
	];
}
