import { isEnded } from '$shared/change.ts';
import type { ChangeAction, ChangeStatus, ChangeView } from '$shared/change.ts';
import type { Tone } from '../components/tone.ts';
import { isCompleted } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import { KIND_LOOKS, KINDS } from './kinds.ts';

/** Changes in words. */

const ACTION_NAMES: Record<ChangeAction, string> = {
	forceRelease: 'Force release',
	extendHold: 'Extend hold',
	cancelCheckout: 'Cancel checkout',
	refundOrder: 'Refund order',
	resendEmail: 'Resend mail',
	pauseSale: 'Pause sale',
	resumeSale: 'Resume sale',
	invocation: 'Act on an invocation',
	bulk: 'Bulk change',
	registerDeployment: 'Register deployment',
	removeDeployment: 'Remove deployment'
};

/** What a change is called: `Kill`, `Refund order`, `Force release, 7 at once`. */
export function nameOf({ action, request }: Pick<ChangeView, 'action' | 'request'>): string {
	if (action === 'invocation') return actName(request) ?? ACTION_NAMES.invocation;
	if (action !== 'bulk') return ACTION_NAMES[action];
	const total = numberIn(request, 'total');
	const change = (textIn(request, 'change') ?? 'bulk') as ChangeAction;
	if (change === 'invocation' && total !== undefined) return `Act on ${invocations(total)}`;
	const each = ACTION_NAMES[change];
	return total === undefined ? each : `${each}, ${total} at once`;
}

const invocations = (n: number): string => (n === 1 ? 'an invocation' : `${n} invocations`);

/** Which act on an invocation something tells of, if it tells of one. */
export const actName = (told: unknown): string | undefined => {
	const act = textIn(told, 'act');
	const kind = KINDS.find((known) => known === act);
	return kind && KIND_LOOKS[kind].label;
};

const fieldIn = (value: unknown, name: string): unknown =>
	typeof value === 'object' && value !== null
		? (value as Record<string, unknown>)[name]
		: undefined;

function textIn(value: unknown, name: string): string | undefined {
	const field = fieldIn(value, name);
	return typeof field === 'string' ? field : undefined;
}

function numberIn(value: unknown, name: string): number | undefined {
	const field = fieldIn(value, name);
	return typeof field === 'number' ? field : undefined;
}

/** What follows from a change: an invocation to watch. */
export type FollowUp = Pick<Invocation, 'id' | 'status' | 'service' | 'handler' | 'failure'>;

export interface ChangeProgress {
	tone: Tone;
	/** A sentence. */
	text: string;
	/** Whether nothing more comes of it. */
	settled: boolean;
}

const ENDS: Partial<Record<ChangeStatus, { tone: Tone; text: string }>> = {
	refused: { tone: 'bad', text: 'It was refused, and nothing was done.' },
	rejected: { tone: 'warn', text: 'It was rejected, and nothing was done.' },
	void: {
		tone: 'warn',
		text: 'It is void: things changed after it was proposed. Nothing was done.'
	},
	undone: { tone: 'mute', text: 'It was undone.' }
};

/** Where a change stands, and whether what it set off has come to its end. */
export function progressOf(
	change: Pick<ChangeView, 'status' | 'message' | 'action' | 'request'>,
	follows: readonly FollowUp[]
): ChangeProgress {
	const { status, message } = change;
	if (status === 'awaiting-approval')
		return { tone: 'warn', text: 'It waits for a second person.', settled: false };
	if (status === 'counting-down')
		return {
			tone: 'warn',
			text: 'It is carried out in a moment, unless it is undone.',
			settled: false
		};
	const end = ENDS[status];
	if (end) return { tone: end.tone, text: message ?? end.text, settled: true };
	const open = follows.filter((follow) => !isCompleted(follow.status));
	if (!isEnded(status)) return { tone: 'info', text: 'It is under way.', settled: false };
	const said = message ?? 'It is done.';
	if (!compensates(change)) return { tone: 'ok', text: said, settled: true };
	const stuck = open.find(
		(follow) => follow.status === 'paused' || follow.status === 'backing-off'
	);
	if (stuck)
		return {
			tone: 'bad',
			text: `${sentence(said)} Its compensation ${stuck.status === 'paused' ? 'is paused' : 'fails and is tried again'}: ${stuck.failure?.message ?? 'nobody says why'}`,
			settled: false
		};
	if (open.length > 0)
		return {
			tone: 'info',
			text: `${sentence(said)} Its compensation is under way.`,
			settled: false
		};
	return {
		tone: 'ok',
		text: follows.length > 0 ? `${sentence(said)} The compensation has finished.` : said,
		settled: true
	};
}

/** Changes that stop something which then undoes what it has done. */
const compensates = ({ action, request }: Pick<ChangeView, 'action' | 'request'>): boolean =>
	action === 'cancelCheckout' ||
	action === 'forceRelease' ||
	(action === 'invocation' && textIn(request, 'act') === 'cancel');

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Changes that have an opposite, as far as their kind goes. */
const REVERSIBLE: readonly ChangeAction[] = [
	'pauseSale',
	'resumeSale',
	'forceRelease',
	'extendHold'
];

/** How a change can be taken back now: before it is carried out, or by its opposite. */
export function undoOf({
	status,
	action
}: Pick<ChangeView, 'status' | 'action'>): 'withdraw' | 'reverse' | null {
	if (status === 'awaiting-approval' || status === 'counting-down') return 'withdraw';
	return status === 'done' && REVERSIBLE.includes(action) ? 'reverse' : null;
}
