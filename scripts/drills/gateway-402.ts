import type { Drill } from './drill.ts';
import { same } from './evidence.ts';
import { DECLINED } from './site.ts';

export const gateway402: Drill = {
	name: 'gateway-402',
	title: 'The bank declines the card',
	expected: 'seat free again, the workflow ends with the reason, no money kept, the buyer told',
	run: async (site) => {
		const { records } = site;
		const seat = await site.freshSeat();
		const email = 'declined@example.com';
		const { invocationId, orderId, answer } = await site.begin({
			ticketIds: [seat],
			userId: 'dora',
			paymentMethod: DECLINED,
			email
		});
		const { status, message } = await answer;
		const { completion_failure } = await records.invocation(invocationId);
		const order = await records.order(orderId);
		const kept = (await records.intentsOf(orderId)).filter(
			(intent) => intent.status === 'succeeded' || intent.status === 'requires_capture'
		);
		return [
			same('answer', 'status', status, 402),
			same('answer', 'says', message.split(':')[0], 'Payment Failed'),
			same('invocation', 'ended with', completion_failure, `[402] ${message}`),
			same('seat', 'is', (await records.seat(seat)).status, 'AVAILABLE'),
			same('seat', 'history', await records.events(seat), ['reserve', 'release']),
			same('ledger', 'money kept', kept, []),
			same('order', 'is', [order.status, order.reason], ['FAILED', message]),
			same('mail', 'sent', await records.mailSubjects(email), ['Booking not completed'])
		];
	}
};
