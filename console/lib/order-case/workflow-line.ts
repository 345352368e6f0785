import { isCompleted } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import type { CaseCheckout, OrderFacts, Workflow } from './case.ts';
import type { Step } from './steps.ts';
import type { VerdictLine } from './verdict.ts';

type Line = Omit<VerdictLine, 'part'>;

/** At which step the checkout is, and whether it goes on. */
export function workflowLine({ order, workflow }: OrderFacts): VerdictLine {
	// What a refund was for is its operator's reason: the checkout had ended before.
	const reason = order.status === 'REFUNDED' ? null : order.reason;
	const line = workflow.ok ? lineOf(workflow.value, order.status, reason) : unread(workflow);
	return { part: 'workflow', ...line };
}

const unread = ({ message }: { message: string }): Line => ({
	tone: 'warn',
	short: '',
	text: `Its workflow cannot be read: ${message}`
});

function lineOf(workflow: Workflow, status: string, reason: string | null): Line {
	const { checkout } = workflow;
	if (!checkout)
		return status === 'OPEN'
			? {
					tone: 'bad',
					short: 'its checkout is gone',
					text: 'The order is open and Restate has no record of its checkout any more'
				}
			: { tone: 'mute', short: '', text: `Ended${because(reason)}; Restate’s record has expired` };
	if (!isCompleted(checkout.status)) return underWay(checkout);
	if (status === 'OPEN' && checkout.status === 'killed') return killed(workflow);
	const settling = workflow.payments.find(
		(payment) => payment.handler === 'settle' && !isCompleted(payment.status)
	);
	if (settling) return givingBack(settling);
	const late = status === 'OPEN' ? '; the order’s record follows' : '';
	return {
		tone: checkout.status === 'succeeded' ? 'ok' : 'mute',
		short: '',
		text: `${ENDS[checkout.status] ?? 'Ended'}${because(reason)}${late}`,
		at: checkout.completedAt
	};
}

const because = (reason: string | null): string => (reason === null ? '' : `: ${reason}`);

const ENDS: Record<string, string> = {
	succeeded: 'The checkout has completed',
	failed: 'The checkout failed and undid what it had done',
	cancelled: 'The checkout was cancelled and undid what it had done',
	killed: 'The checkout was killed, and the order settled without it'
};

function underWay(checkout: CaseCheckout): Line {
	const { status, retryCount, nextRetryAt, failedStep, failure } = checkout;
	const step = stepName(failedStep ?? checkout.steps.findLast(({ pending }) => pending)?.name);
	const undoing = checkout.cancelRequested ? 'is being undone and ' : '';
	switch (status) {
		case 'backing-off':
			return {
				tone: 'warn',
				short: `checkout ${undoing}is retrying ${step}`,
				text: `Failed ${times(retryCount)} at ${step}${said(failure?.message)}; next attempt`,
				at: nextRetryAt
			};
		case 'paused':
			return {
				tone: 'bad',
				short: `checkout ${undoing}is paused at ${step}`,
				text: `Paused at ${step}${said(failure?.message)}; it will not go on by itself, and stands since`,
				at: checkout.modifiedAt
			};
		default:
			return {
				tone: 'info',
				short: checkout.cancelRequested ? 'checkout is being undone' : `checkout is at ${step}`,
				text: `Under way at ${step}, since`,
				at: checkout.steps.findLast(({ pending }) => pending)?.at ?? checkout.createdAt
			};
	}
}

const said = (message: string | undefined): string => (message ? ` (${message})` : '');

/** `Ticket.confirm` in the words of the sale; a run has words of its own. */
const CALLS: Record<string, string> = {
	'Ticket.hold': 'holding the seats',
	'Ticket.confirm': 'confirming the seats',
	'Ticket.extend': 'extending the holds',
	'Ticket.release': 'releasing the seats',
	'UserSession.open': 'opening the buyer’s session',
	'UserSession.close': 'closing the buyer’s session'
};

const stepName = (name: Step['name'] | undefined): string =>
	name === undefined ? 'its next step' : (CALLS[name] ?? `“${name}”`);

/** A gateway that stays down does not keep the buyer waiting: the order's Payment goes on. */
const givingBack = ({ id, retryCount, failure, nextRetryAt }: Invocation): Line => ({
	tone: 'warn',
	short: 'its money is being given back',
	text:
		`The checkout has ended; Payment.settle gives the money back, failed ${times(retryCount)}` +
		`${said(failure?.message)}; next attempt`,
	at: nextRetryAt,
	invocationId: id
});

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);

/** A killed checkout compensates nothing: the order's Payment settles it a while later. */
function killed({ payments }: Workflow): Line {
	const settling = payments.find(
		({ handler, status }) => handler === 'reconcile' && !isCompleted(status)
	);
	return {
		tone: 'bad',
		short: 'its checkout was killed',
		text: settling
			? 'The checkout was killed without undoing anything; Payment.reconcile settles the order'
			: 'The checkout was killed without undoing anything; the buyer’s session has it settled once two holds’ time has passed since',
		at: settling ? settling.startsAt : null
	};
}
