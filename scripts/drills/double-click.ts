import type { Drill } from './drill.ts';
import { same, tally } from './evidence.ts';

const CLICKS = 5;

export const doubleClick: Drill = {
	name: 'double-click',
	title: `One buyer clicks "buy" ${CLICKS} times on a seat they hold`,
	expected: 'one checkout succeeds, the others are refused, charged once',
	run: async (site) => {
		const { records } = site;
		const seat = await site.freshSeat();
		const userId = 'henry';
		const held = await site.call(`Ticket/${seat}/reserve`, userId);
		await site.breakGateway({ payments: { delayMs: 1_000, times: 1 } });
		const clicks = Array.from({ length: CLICKS }, () => site.buy({ ticketIds: [seat], userId }));
		const answers = await Promise.all(clicks);
		const intents = await records.intents();
		const { status, reservedBy } = await records.seat(seat);
		return [
			same('answer', 'to the hold', held.status, 200),
			same('answer', 'statuses', tally(answers.map((answer) => answer.status)), {
				200: 1,
				409: CLICKS - 1
			}),
			same('invocation', 'checkouts ended in', await records.checkoutEndings(), {
				success: 1,
				failure: CLICKS - 1
			}),
			same('seat', 'is', [status, reservedBy], ['SOLD', userId]),
			same(
				'ledger',
				'payments',
				intents.map((intent) => intent.status),
				['succeeded']
			)
		];
	}
};
