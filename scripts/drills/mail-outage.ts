import { z } from 'zod';
import { text } from '../../shared/sql.ts';
import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { holds, same } from './evidence.ts';

export const mailOutage: Drill = {
	name: 'mail-outage',
	title: 'The mail provider is down, then loses an answer, then is well again',
	expected: 'the sale goes on at once; the mail is retried until it is out, exactly once',
	run: async (site) => {
		const { records } = site;
		const seat = await site.freshSeat();
		const email = 'patient@example.com';
		await site.breakGateway({ emails: { status: 503 } });
		const begun = await site.begin({ ticketIds: [seat], userId: 'ida', email });
		const { status } = await begun.answer;
		const sold = (await records.seat(seat)).status;
		const retries = await until('the mail to back off', async () => {
			const [row] = await records.sql(
				`SELECT retry_count FROM sys_invocation WHERE target_service_name = 'Notification'
				AND target_handler_name = 'orderConfirmed' AND status = 'backing-off'
				AND invoked_by_id = ${text(begun.invocationId)}`,
				z.object({ retry_count: z.number() })
			);
			return row && row.retry_count >= 2 && row.retry_count;
		});
		const whileDown = await records.mailsTo(email);
		await site.breakGateway({ emails: { dropAfterCommit: true, times: 1 } });
		const order = await until('the mail to be recorded', () =>
			Promise.resolve(
				records.d1<{ status: string; mail_id: string | null }>(
					'SELECT status, mail_id FROM orders WHERE id = ? AND mail_id IS NOT NULL',
					begun.orderId
				)[0]
			)
		);
		const mails = await records.mailsTo(email);
		return [
			same('answer', 'status', status, 200),
			same('seat', 'while mail is down', sold, 'SOLD'),
			holds('invocation', 'mail retries', retries, retries >= 2),
			same('mail', 'while down', whileDown.length, 0),
			same(
				'mail',
				'sent in the end',
				mails.map(({ subject }) => subject.split(':')[0]),
				['Booking confirmed']
			),
			holds('mail', 'asked for', mails[0]?.requests, (mails[0]?.requests ?? 0) > 1),
			same('order', 'is', order.status, 'CONFIRMED')
		];
	}
};
