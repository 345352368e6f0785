import type { OrderRow } from '../order.ts';
import { plainly, say } from './preview.ts';
import type { Preview } from './preview.ts';

const MAILS: Partial<Record<OrderRow['status'], string>> = {
	CONFIRMED: 'confirmation',
	REFUNDED: 'mail about the refund',
	FAILED: 'mail about the failed order',
	CANCELLED: 'mail about the failed order'
};

/** What sending an order's mail once more does. */
export function previewResend({ status, email, userId, mailId }: OrderRow): Preview {
	const mail = MAILS[status];
	return plainly(
		[
			say(
				'mail',
				`The ${mail ?? 'mail'} that fits the order as it stands goes to ${email ?? 'nobody'}.`
			),
			say(
				'note',
				mailId === null
					? 'No mail of this order is known to have gone out.'
					: `One went out before (${mailId}), so ${userId} gets it twice unless that one was lost.`
			),
			say('money', 'Neither money nor seats are touched.')
		],
		{
			affected: [userId],
			refusal:
				mail === undefined
					? 'An order under way has no mail yet: wait until it has ended.'
					: email === null
						? 'The buyer left no address.'
						: null
		}
	);
}
