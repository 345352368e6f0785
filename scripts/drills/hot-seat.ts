import autocannon from 'autocannon';
import { CURRENTLY_RESERVED, ALREADY_SOLD } from '../../shared/seat.ts';
import type { Drill } from './drill.ts';
import { same, tally } from './evidence.ts';
import type { Site } from './site.ts';
import { VISA } from './site.ts';

export const hotSeat: Drill = {
	name: 'hot-seat',
	title: 'A crowd of buyers (--buyers, 100) goes for one seat at the same moment',
	expected: 'exactly one success, 409 for everyone else, one charge, no seat oversold',
	run: async (site, { buyers }) => {
		const { records } = site;
		const seat = await site.freshSeat();
		// The winner pays for a while, so that the crowd meets a seat that is held.
		await site.breakGateway({ payments: { delayMs: 2_000, times: 1 } });
		const { statuses, messages, lost } = await storm(site, seat, buyers);
		const intents = await records.intents();
		const { status, epoch } = await records.seat(seat);
		const orders = records.orders().filter((order) => order.status === 'CONFIRMED');
		return [
			same('answer', 'statuses', tally(statuses), { 200: 1, 409: buyers - 1 }),
			same(
				'answer',
				'refusals',
				messages.filter((message) => !REFUSALS.has(message)),
				[]
			),
			same('answer', 'connections lost', lost, 0),
			same('invocation', 'checkouts ended in', await records.checkoutEndings(), {
				success: 1,
				failure: buyers - 1
			}),
			same('seat', 'is', [status, epoch], ['SOLD', 2]),
			same('seat', 'history', await records.events(seat), ['reserve', 'confirm']),
			same(
				'ledger',
				'payments',
				intents.map((intent) => intent.status),
				['succeeded']
			),
			same('order', 'confirmed', orders.length, 1)
		];
	}
};

const REFUSALS: ReadonlySet<string> = new Set([CURRENTLY_RESERVED, ALREADY_SOLD]);

interface Storm {
	statuses: number[];
	/** What the refused were told. */
	messages: string[];
	lost: number;
}

/** Open loop: every buyer has a connection of their own and sends without waiting for another. */
async function storm(site: Site, seat: string, buyers: number): Promise<Storm> {
	const outcome: Storm = { statuses: [], messages: [], lost: 0 };
	let buyer = 0;
	const run = autocannon({
		url: `${site.stack.settings.urls.ingress}/Checkout/checkout`,
		connections: buyers,
		amount: buyers,
		timeout: 120,
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		requests: [
			{
				setupRequest: (request) => {
					buyer += 1;
					const purchase = { ticketId: seat, userId: `buyer-${buyer}`, paymentMethod: VISA };
					return { ...request, body: JSON.stringify(purchase) };
				},
				onResponse: (status, body) => {
					outcome.statuses.push(status);
					if (status !== 200) outcome.messages.push(messageOf(body));
				}
			}
		]
	});
	const { errors, timeouts } = await run;
	return { ...outcome, lost: errors + timeouts };
}

const messageOf = (body: string): string => (JSON.parse(body) as { message: string }).message;
