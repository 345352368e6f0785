import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { same, tally } from './evidence.ts';
import type { Answer, Purchase, Site } from './site.ts';

const SEATS = 12;
const BUYERS = 20;

export const serverKill: Drill = {
	name: 'server-kill',
	title: `restate-server is killed amid a sale to ${BUYERS} buyers and started again on its data`,
	expected: `all are answered: ${SEATS} buy ${SEATS} seats, the others are refused; each charged once`,
	run: async (site) => {
		const { records, stack } = site;
		const seats = await site.freshSeats(SEATS);
		await site.breakGateway({ payments: { delayMs: 1_500 } });
		const answers = Promise.all(
			Array.from({ length: BUYERS }, (_, index) =>
				insist(site, { ticketIds: [seats[index % SEATS] ?? ''], userId: `buyer-${index}` })
			)
		);
		const paying = await until('half of the winners to pay', async () => {
			const open = (await records.intents()).filter(({ status }) => status === 'requires_capture');
			return open.length >= SEATS / 2 && open.length;
		});
		await stack.restate.kill();
		await site.mendGateway();
		await stack.restate.restart();
		const statuses = (await answers).map(({ status }) => status);
		const intents = await records.intents();
		const orders = new Set(intents.map(({ metadata }) => metadata['order_id']));
		return [
			same('ledger', 'paying at the kill', paying >= SEATS / 2, true),
			same('answer', 'statuses', tally(statuses), { 200: SEATS, 409: BUYERS - SEATS }),
			same('invocation', 'checkouts ended in', await records.checkoutEndings(), {
				success: SEATS,
				failure: BUYERS - SEATS
			}),
			same('seat', 'statuses', tally(await records.statuses(seats)), { SOLD: SEATS }),
			same('ledger', 'payments', tally(intents.map(({ status }) => status)), { succeeded: SEATS }),
			same('ledger', 'orders paid', orders.size, SEATS)
		];
	}
};

/** A buyer whose connection breaks asks again, under the same key: it stays one purchase. */
const insist = (site: Site, purchase: Purchase): Promise<Answer> =>
	until('an answer', () => site.buy(purchase, `drill-${purchase.userId}`));
