import { invocationOf } from '../audit-record.ts';
import type { AuditRecord } from '../audit-record.ts';
import { actionName } from '../audit-words.ts';
import { duration, money } from '../format.ts';
import { isCompleted } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import { redactText } from '../journal/redact.ts';
import type { LogRow } from '$shared/log-row.ts';
import type { CaseItem, CaseSource } from './case-item.ts';
import type { CaseCheckout, CaseSeat, OrderFacts, Part } from './case.ts';
import { MAIL_NAMES } from './case.ts';
import type { Step } from './steps.ts';

const BLANK = {
	detail: null,
	failed: false,
	durationMs: null,
	invocationId: null,
	seat: null,
	times: 1
} satisfies Partial<CaseItem>;

/** What the console keeps beside Restate's own record. */
export interface Notes {
	logs: Part<(LogRow & { id: number })[]>;
	audit: Part<AuditRecord[]>;
}

/** An order's whole life on one time axis, oldest first. */
export function caseTimeline(
	{ order, seats, money: sums, workflow }: OrderFacts,
	notes: Notes
): CaseItem[] {
	const { checkout, notifications, payments } = workflow.ok
		? workflow.value
		: { checkout: null, notifications: [], payments: [] };
	const items = [
		opened(order),
		...(checkout ? workflowItems(checkout) : []),
		...payments.flatMap(paymentItems),
		...(seats.ok ? seats.value.flatMap(seatItems) : []),
		...(sums.ok ? sums.value.intents.flatMap(moneyItems) : []),
		...notifications.flatMap(mailItems),
		...(notes.audit.ok ? notes.audit.value.map(auditItem) : []),
		...(notes.logs.ok ? notes.logs.value.filter(isWorthALine).map(logItem) : [])
	];
	return items.toSorted((a, b) => a.at - b.at).reduce<CaseItem[]>(folded, []);
}

/** Sources that cannot be asked now, with the reason: what they would tell is missing, not absent. */
export function gapsOf(
	{ seats, money: sums, workflow }: Pick<OrderFacts, 'seats' | 'money' | 'workflow'>,
	notes: Notes
): Partial<Record<CaseSource, string>> {
	const sources: [CaseSource, Part<unknown>][] = [
		['workflow', workflow],
		['seat', seats],
		['money', sums],
		['mail', workflow],
		['operator', notes.audit],
		['log', notes.logs]
	];
	return Object.fromEntries(
		sources.flatMap(([source, part]) => (part.ok ? [] : [[source, part.message]]))
	);
}

/** A log line that says again what the one before it said makes that one longer. */
function folded(items: CaseItem[], item: CaseItem): CaseItem[] {
	const last = items.at(-1);
	const same =
		last?.source === 'log' &&
		item.source === 'log' &&
		last.title === item.title &&
		last.invocationId === item.invocationId;
	if (!same) return [...items, item];
	const longer = { ...last, times: last.times + 1, durationMs: item.at - last.at };
	return [...items.slice(0, -1), longer];
}

function opened({ id, createdAt, seats, amount, currency }: OrderFacts['order']): CaseItem {
	const what = seats.length === 1 ? '1 seat' : `${seats.length} seats`;
	return {
		...BLANK,
		id: `o${id}`,
		at: createdAt,
		source: 'workflow',
		title: 'Order recorded',
		detail: `${what} for ${money(amount, currency)}`
	};
}

function workflowItems(checkout: CaseCheckout): CaseItem[] {
	const { id, createdAt, steps, setbacks, failure } = checkout;
	return [
		{
			...BLANK,
			id: 'w',
			at: createdAt,
			source: 'workflow',
			title: 'Checkout asked for',
			invocationId: id
		},
		...steps.flatMap((step) => stepItem(step, failure?.message ?? null)),
		...setbacks.map(({ at, paused, step, message }, n): CaseItem => ({
			...BLANK,
			id: `b${n}`,
			at,
			source: 'workflow',
			title: `${paused ? 'Paused' : 'Attempt failed'}${step === null ? '' : ` at “${step}”`}`,
			detail: message,
			failed: true
		}))
	];
}

/** A call of a seat shows in that seat's own record, unless it failed; mails show as themselves. */
function stepItem(step: Step, failure: string | null): CaseItem[] {
	const { index, at, kind, name, target, durationMs, pending, invocationId } = step;
	if (kind === 'send' || (kind === 'call' && step.failure === null && !pending)) return [];
	const base = {
		...BLANK,
		id: `s${index}`,
		at,
		source: 'workflow',
		durationMs,
		invocationId
	} as const;
	if (kind === 'cancel') return [{ ...base, title: 'Cancel requested', failed: true }];
	if (kind === 'end') {
		const failed = step.failure !== null;
		return [
			{
				...base,
				title: failed ? 'Checkout failed' : 'Checkout completed',
				detail: step.failure ?? failure,
				failed
			}
		];
	}
	return [
		{
			...base,
			title: pending ? `${name}, no result yet` : name,
			detail: step.failure,
			failed: step.failure !== null,
			seat: target?.service === 'Ticket' ? target.key : null
		}
	];
}

/** Named as what it does, since most go on after the checkout. */
const PAYMENTS: Record<string, string> = {
	observe: 'Webhook of the gateway',
	settle: 'Money given back apart from the checkout',
	reconcile: 'Look whether the order was left unsettled'
};

const paymentItems = (payment: Invocation): CaseItem[] =>
	PAYMENTS[payment.handler] === undefined
		? []
		: [
				{
					...BLANK,
					...lifeOf(payment),
					id: `p${payment.id}`,
					source: 'money',
					title: PAYMENTS[payment.handler] ?? payment.handler
				}
			];

const mailItems = (mail: Invocation): CaseItem[] =>
	MAIL_NAMES[mail.handler] === undefined
		? []
		: [
				{
					...BLANK,
					...lifeOf(mail),
					id: `m${mail.id}`,
					source: 'mail',
					title: `${mail.status === 'succeeded' ? 'Sent' : 'Sending'}: ${MAIL_NAMES[mail.handler] ?? ''}`
				}
			];

/** An invocation as one line: when it began, how it goes. */
function lifeOf(invocation: Invocation) {
	const { status, retryCount, failure, createdAt, completedAt, startsAt, id } = invocation;
	const retries = retryCount > 0 ? `failed ${retryCount}×` : null;
	const parts = [isCompleted(status) ? null : status, retries, failure?.message ?? null];
	return {
		at: startsAt ?? createdAt,
		durationMs: completedAt === null ? null : completedAt - createdAt,
		detail: parts.filter((part) => part !== null && part !== '').join(' · ') || null,
		failed: failure !== null,
		invocationId: id
	};
}

const EVENTS: Record<string, string> = {
	reserve: 'Seat held',
	confirm: 'Seat sold',
	release: 'Seat given back',
	extend: 'Hold extended',
	expire: 'Hold expired',
	'force-release': 'Seat released by an operator'
};

const seatItems = ({ seat, history }: CaseSeat): CaseItem[] =>
	history.map(({ at, event, epoch, actor, reason, invocationId }) => ({
		...BLANK,
		id: `t${seat.key}.${epoch}`,
		at,
		source: 'seat',
		title: EVENTS[event] ?? event,
		detail: reason === null ? `by ${actor}` : `by ${actor}: ${reason}`,
		failed: event === 'force-release' || event === 'expire',
		invocationId,
		seat: seat.key
	}));

function moneyItems(intent: OrderIntent): CaseItem[] {
	const sum = (amount: number) => money(amount, intent.currency);
	const item = (id: string, at: number, title: string, detail: string | null = null): CaseItem => ({
		...BLANK,
		id,
		at,
		source: 'money',
		title,
		detail
	});
	const { id, createdAt, canceledAt, refunds, decline } = intent;
	return [
		{
			...item(
				`i${id}`,
				createdAt,
				`Payment of ${sum(intent.amount)} asked of the gateway`,
				decline ?? id
			),
			failed: decline !== null
		},
		...(canceledAt === null ? [] : [item(`v${id}`, canceledAt, 'Authorisation voided', id)]),
		...refunds.map((refund) => ({
			...item(
				`r${refund.id}`,
				refund.createdAt,
				`Refund of ${sum(refund.amount)}: ${refund.status}`,
				refund.id
			),
			failed: refund.status === 'failed'
		}))
	];
}

type OrderIntent = Extract<OrderFacts['money'], { ok: true }>['value']['intents'][number];

const auditItem = (record: AuditRecord): CaseItem => ({
	...BLANK,
	id: `a${record.id}`,
	at: record.at,
	source: 'operator',
	title: `${record.actor} (${record.role}): ${actionName(record.action)}, ${record.outcome}`,
	detail: redactText(record.reason),
	failed: record.outcome === 'refused',
	invocationId: invocationOf(record)
});

/** A Worker runs once for every step; that it ran well says nothing of the order. */
const isWorthALine = ({ kind, outcome }: LogRow): boolean => kind !== 'outcome' || outcome !== 'ok';

function logItem(row: LogRow & { id: number }): CaseItem {
	const [title = ''] = redactText(row.message).split('\n');
	const ran = row.wallMs === null || row.wallMs === 0 ? null : `ran ${duration(row.wallMs)}`;
	return {
		...BLANK,
		id: `l${row.id}`,
		at: row.at,
		source: 'log',
		title: row.kind === 'outcome' ? `Worker ended: ${row.outcome ?? ''}` : title,
		detail: [`${row.service ?? ''}.${row.handler ?? ''}`, ran]
			.filter((part) => part !== null)
			.join(' · '),
		failed: row.kind !== 'line' || row.level === 'error',
		invocationId: row.invocationId
	};
}
