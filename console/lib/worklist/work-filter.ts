import { isKeyPart } from '$shared/seat-key.ts';
import type { WorkItem } from './item.ts';
import { WORK_KINDS } from './kinds.ts';
import type { WorkKind } from './kinds.ts';
import type { MarkState, Standing } from './marks.ts';

/** Which items are meant: what the page's address says. */
export interface WorkFilter {
	/** Empty: any kind. */
	kinds: WorkKind[];
	assignee: { of: 'anybody' | 'nobody' | 'me' } | { of: 'somebody'; name: string };
	event: string | null;
	/** `aside`: snoozed or resolved. */
	shown: 'open' | 'aside' | 'all';
}

export const NO_WORK_FILTER: WorkFilter = {
	kinds: [],
	assignee: { of: 'anybody' },
	event: null,
	shown: 'open'
};

export const NAME_MAX = 100;

type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });

/** Reads a filter from an address, or says which part it cannot read and why. */
export function parseWorkFilter(params: URLSearchParams): Parsed<WorkFilter> {
	const named = new Set(params.getAll('kind').filter((kind) => kind !== ''));
	const unknown = [...named].find((name) => !WORK_KINDS.some((kind) => kind === name));
	if (unknown !== undefined)
		return fail(`"${unknown}" is not a kind of work; use one of ${WORK_KINDS.join(', ')}`);
	const event = params.get('event')?.trim() ?? '';
	if (event !== '' && !isKeyPart(event)) return fail(`"${event}" is not an event ID`);
	const assignee = params.get('assignee')?.trim() ?? '';
	if (assignee.length > NAME_MAX || /\p{Cc}/u.test(assignee))
		return fail(`"assignee" is no name: give nobody, me, or one of up to ${NAME_MAX} characters`);
	const shown = params.get('shown') ?? '';
	if (shown !== '' && shown !== 'open' && shown !== 'aside' && shown !== 'all')
		return fail(`"shown" is "${shown}": use open, aside or all`);
	return {
		ok: true,
		value: {
			kinds: WORK_KINDS.filter((kind) => named.has(kind)),
			assignee: readAssignee(assignee),
			event: event === '' ? null : event,
			shown: shown === '' ? 'open' : shown
		}
	};
}

function readAssignee(text: string): WorkFilter['assignee'] {
	if (text === '') return { of: 'anybody' };
	return text === 'nobody' || text === 'me' ? { of: text } : { of: 'somebody', name: text };
}

/** The address's parameters of a filter; what goes without saying is not among them. */
export function printWorkFilter({ kinds, assignee, event, shown }: WorkFilter): URLSearchParams {
	const params = new URLSearchParams();
	for (const kind of kinds) params.append('kind', kind);
	if (assignee.of === 'somebody') params.set('assignee', assignee.name);
	else if (assignee.of !== 'anybody') params.set('assignee', assignee.of);
	if (event !== null) params.set('event', event);
	if (shown !== 'open') params.set('shown', shown);
	return params;
}

/** The filter with one kind switched on or off. */
export const toggleKind = (filter: WorkFilter, kind: WorkKind): WorkFilter => ({
	...filter,
	kinds: WORK_KINDS.filter((each) =>
		each === kind ? !filter.kinds.includes(each) : filter.kinds.includes(each)
	)
});

/** All kinds of an item: its own, and those of what else was found about its subject. */
export const kindsOf = ({ kind, also }: Pick<WorkItem, 'kind' | 'also'>): WorkKind[] => [
	...new Set([kind, ...also.map((finding) => finding.kind)])
];

type Marked = Pick<WorkItem, 'kind' | 'also' | 'events'> & {
	standing: Pick<Standing, 'state' | 'assignee'>;
};

/** Whether an item is meant; `me` is whoever asks. */
export const matchesWork =
	({ kinds, assignee, event, shown }: WorkFilter, me: string) =>
	(item: Marked): boolean =>
		(kinds.length === 0 || kindsOf(item).some((kind) => kinds.includes(kind))) &&
		(event === null || item.events.includes(event)) &&
		isShown(item.standing.state, shown) &&
		isAssigned(item.standing.assignee, assignee, me);

const isShown = (state: MarkState, shown: WorkFilter['shown']): boolean =>
	shown === 'all' || (state === 'open') === (shown === 'open');

function isAssigned(assignee: string | null, wanted: WorkFilter['assignee'], me: string): boolean {
	switch (wanted.of) {
		case 'anybody':
			return true;
		case 'nobody':
			return assignee === null;
		case 'me':
			return assignee === me;
		case 'somebody':
			return assignee === wanted.name;
	}
}
