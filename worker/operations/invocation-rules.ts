import type { InvocationAct } from '../../shared/change.ts';
import type { Invocation } from '../invocations.ts';
import { phaseOf } from './invocation-phase.ts';

/** What keeps the record of operators' changes. Whoever could kill that could act unseen. */
const RECORD_KEEPERS: ReadonlySet<string> = new Set(['Audit', 'Change', 'Bulk']);

/**
 * Operations waits for them, and a cancel of it is passed on to them, in the middle of what they do.
 * The removal of a deployment may wait a day for that to drain, and is one step when it does.
 */
const DOOR = { service: 'Operations', waits: 'removeDeployment' };

const ENDS: ReadonlySet<InvocationAct> = new Set(['cancel', 'restart', 'kill', 'purge']);

/**
 * Why an act does not fit an invocation, in a sentence without its full stop; null when it does.
 *
 * @param seen the status that the operator saw
 */
export function misfitOf(act: InvocationAct, invocation: Invocation, seen: string): string | null {
	const { status, service, handler } = invocation;
	if (phaseOf(seen) !== phaseOf(status))
		return `Invocation changed since you looked: you saw it ${seen}, it is ${status} now`;
	if (ENDS.has(act) && keepsRecord({ service, handler }, act))
		return `${service} keeps the record of what operators do: undo or stop the change instead`;
	return RULES[act](invocation);
}

/**
 * Why a journal entry cannot be what an act begins after, null when it can. The steps that a checkout
 * would keep name its old order: the new one would find those seats sold, and in compensating give
 * back the old one's money.
 */
export function misplaced(
	act: InvocationAct,
	fromEntry: number | undefined,
	service: string
): string | null {
	if (fromEntry === undefined) return null;
	if (act !== 'restart') return 'fromEntry: only a restart begins from an entry';
	return service === 'Checkout' && fromEntry > 0
		? 'fromEntry: a checkout restarts from its beginning alone, as it is a new order'
		: null;
}

const keepsRecord = (
	{ service, handler }: Pick<Invocation, 'service' | 'handler'>,
	act: InvocationAct
): boolean =>
	RECORD_KEEPERS.has(service) ||
	(service === DOOR.service && !(act === 'cancel' && handler === DOOR.waits));

const RULES: Readonly<Record<InvocationAct, (invocation: Invocation) => string | null>> = {
	cancel: ({ status, cancelRequested }) => {
		if (status === 'completed') return 'It has ended: there is nothing to cancel';
		return cancelRequested ? 'It is being cancelled already' : null;
	},
	retry: ({ status }) =>
		status === 'backing-off'
			? null
			: `It is ${status}: only one that waits to try again can be tried again now`,
	resume: ({ status }) =>
		status === 'paused' ? null : `It is ${status}: only one that is paused can be resumed`,
	pause: ({ status }) => {
		if (status === 'running' || status === 'backing-off') return null;
		if (status === 'suspended') return 'It waits for something and makes no attempts to stop';
		return `It is ${status}: only one that is being tried can be paused`;
	},
	restart: ({ status }) =>
		status === 'completed' ? null : `It is ${status}: it can be restarted when it has ended`,
	kill: ({ status }) => (status === 'completed' ? 'It has ended: there is nothing to kill' : null),
	purge: ({ status }) =>
		status === 'completed' ? null : `It is ${status}: its record can go when it has ended`
};
