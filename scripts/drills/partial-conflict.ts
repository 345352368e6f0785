import type { Drill } from './drill.ts';
import { same, tally } from './evidence.ts';

const CROWD = 12;

export const partialConflict: Drill = {
	name: 'partial-conflict',
	title: `A cart of three meets one held seat; ${CROWD} buyers want the same three in any order`,
	expected:
		'all or nothing: the first cart frees its other seats unpaid, one of the crowd has all three',
	run: async (site) => {
		const { records } = site;
		const cart = await site.freshSeats(3);
		const [, middle = ''] = cart;
		await site.call(`Ticket/${middle}/reserve`, 'holder');
		const refused = await site.buy({ ticketIds: cart, userId: 'late' });
		const afterRefusal = await records.statuses(cart);
		const { reservedBy } = await records.seat(middle);

		const wanted = await site.freshSeats(3);
		const orders = [wanted, [...wanted].reverse()];
		const answers = await Promise.all(
			Array.from({ length: CROWD }, (_, index) =>
				site.buy({ ticketIds: orders[index % 2] ?? wanted, userId: `buyer-${index}` })
			)
		);
		const intents = await records.intents();
		const owners = (await Promise.all(wanted.map((seat) => records.seat(seat)))).map(
			(seat) => seat.orderId
		);
		const payer = intents.map(({ metadata }) => metadata['order_id']);
		return [
			same('answer', 'to the cart', refused.status, 409),
			same('seat', 'of that cart', afterRefusal, ['AVAILABLE', 'RESERVED', 'AVAILABLE']),
			same('seat', 'still held by', reservedBy, 'holder'),
			same('answer', 'to the crowd', tally(answers.map(({ status }) => status)), {
				200: 1,
				409: CROWD - 1
			}),
			same('invocation', 'checkouts ended in', await records.checkoutEndings(), {
				success: 1,
				failure: CROWD
			}),
			same(
				'ledger',
				'payments',
				intents.map(({ status }) => status),
				['succeeded']
			),
			same(
				'seat',
				'owners are the payer',
				owners.every((owner) => owner === payer[0]),
				true
			)
		];
	}
};
