import type { Drill } from './drill.ts';
import { holds, same } from './evidence.ts';

export const dropAfterCommit: Drill = {
	name: 'drop-after-commit',
	title: 'The gateway commits the authorisation, then the capture, and drops both answers',
	expected: 'both are asked for again under their keys and replayed; one charge, seat sold',
	run: async (site) => {
		const { records } = site;
		const seat = await site.freshSeat();
		await site.breakGateway({ payments: { dropAfterCommit: true, times: 2 } });
		const { orderId, invocationId, answer } = await site.begin({
			ticketIds: [seat],
			userId: 'frank'
		});
		const { status } = await answer;
		const intents = await records.intentsOf(orderId);
		const [intent] = intents;
		const { completion_result } = await records.invocation(invocationId);
		return [
			same('answer', 'status', status, 200),
			same('invocation', 'ended in', completion_result, 'success'),
			same(
				'ledger',
				'charges',
				intents.map((each) => each.status),
				['succeeded']
			),
			holds('ledger', 'authorisation asked for', intent?.requests, (intent?.requests ?? 0) > 1),
			same('ledger', 'money taken', intent?.amount_received, intent?.amount),
			same('seat', 'is', (await records.seat(seat)).status, 'SOLD')
		];
	}
};
