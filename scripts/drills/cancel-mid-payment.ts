import type { Drill } from './drill.ts';
import { same } from './evidence.ts';

export const cancelMidPayment: Drill = {
	name: 'cancel-mid-payment',
	title: 'An operator cancels a checkout whose payment hangs at the gateway',
	expected: 'compensated: seat free, authorisation voided, order CANCELLED, mailed, audited',
	run: async (site) => {
		const { records } = site;
		const seat = await site.freshSeat();
		const email = 'cancelled@example.com';
		await site.breakGateway({ payments: { delayMs: 3_000, times: 1 } });
		const begun = await site.beginToPay({ ticketIds: [seat], userId: 'gina', email });
		const { invocationId, orderId } = begun;
		const cancelled = await site.operate('cancelCheckout', {
			invocationId,
			reason: 'drill: customer gave up',
			expect: { status: 'running' }
		});
		const { status } = await begun.answer;
		const { completion_failure } = await records.invocation(invocationId);
		const order = await records.order(orderId);
		const intents = await records.intentsOf(orderId);
		const steps = await records.steps(invocationId);
		return [
			same('answer', 'to the operator', cancelled.status, 200),
			same('answer', 'to the buyer', status, 409),
			same('invocation', 'ended with', completion_failure.toLowerCase(), '[409] cancelled'),
			same('journal', 'steps', steps, ['Authorise payment', 'Void or refund payment']),
			same('seat', 'is', (await records.seat(seat)).status, 'AVAILABLE'),
			same(
				'ledger',
				'payments',
				intents.map((intent) => intent.status),
				['canceled']
			),
			same('order', 'is', order.status, 'CANCELLED'),
			same('mail', 'sent', await records.mailSubjects(email), ['Booking not completed']),
			same('audit', 'records', records.auditOf(invocationId), [
				{ action: 'cancelCheckout', outcome: 'done', actor: 'drill' }
			])
		];
	}
};
