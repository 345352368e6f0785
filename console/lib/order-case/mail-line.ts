import type { Invocation } from '../invocation.ts';
import { MAIL_NAMES } from './case.ts';
import type { OrderFacts } from './case.ts';
import type { VerdictLine } from './verdict.ts';

type Line = Omit<VerdictLine, 'part'>;

/** Whether the buyer was told. */
export function mailLine({ order, workflow }: OrderFacts): VerdictLine {
	const mails = workflow.ok ? workflow.value.notifications.filter(isMail) : [];
	const newest = mails.toSorted((a, b) => b.createdAt - a.createdAt)[0];
	return { part: 'mail', ...lineOf(order, newest) };
}

export const isMail = ({ handler }: Pick<Invocation, 'handler'>): boolean => handler in MAIL_NAMES;

function lineOf(order: OrderFacts['order'], newest: Invocation | undefined): Line {
	if (order.email === null)
		return { tone: 'mute', short: '', text: 'The buyer left no e-mail address' };
	if (newest) return ofInvocation(newest);
	if (order.mailId !== null)
		return {
			tone: 'ok',
			short: 'mail sent',
			text: 'The newest mail was sent; its record has expired'
		};
	if (order.status === 'OPEN')
		return { tone: 'mute', short: '', text: 'No mail before the order has ended' };
	return { tone: 'bad', short: 'no mail sent', text: 'No mail is on record for this order' };
}

function ofInvocation(mail: Invocation): Line {
	const name = MAIL_NAMES[mail.handler] ?? 'mail';
	const begin = `The ${name}`;
	const invocationId = mail.id;
	switch (mail.status) {
		case 'succeeded':
			return { tone: 'ok', short: 'mail sent', text: `${begin} was sent`, at: mail.completedAt };
		case 'backing-off':
			return {
				tone: 'warn',
				short: 'mail not sent yet',
				text: `${begin} failed ${mail.retryCount === 1 ? 'once' : `${mail.retryCount} times`} (${mail.failure?.message ?? 'no answer'}); next attempt`,
				at: mail.nextRetryAt,
				invocationId
			};
		case 'failed':
		case 'cancelled':
		case 'killed':
		case 'paused':
			return {
				tone: 'bad',
				short: 'mail not sent',
				text: `${begin} is ${mail.status}: ${mail.failure?.message ?? 'it will not go on by itself'}`,
				invocationId
			};
		default:
			return {
				tone: 'info',
				short: 'mail on its way',
				text: `${begin} is on its way`,
				invocationId
			};
	}
}
