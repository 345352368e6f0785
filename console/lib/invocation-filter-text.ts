import { NO_FILTER, TEXT_FIELD_NAMES, TIME_FIELDS } from './invocation-filter.ts';
import type { InvocationFilter } from './invocation-filter.ts';
import { RECENT_LABELS, printMoment } from './time-range.ts';
import type { TimeRange } from './time-range.ts';

/** One condition of a filter, statuses left out, as a reader sees it. */
export interface FilterPill {
	field: keyof InvocationFilter;
	label: string;
	value: string;
	/** The filter without it. */
	without: InvocationFilter;
}

/** How each condition is called, on pills and in the form. */
export const FILTER_LABELS: Record<Exclude<keyof InvocationFilter, 'statuses'>, string> = {
	service: 'Service',
	handler: 'Handler',
	key: 'Key',
	seat: 'Seat',
	user: 'User',
	order: 'Order',
	deployment: 'Deployment',
	caller: 'Caller',
	idempotencyKey: 'Idempotency key',
	retries: 'Failed attempts',
	error: 'Error',
	created: 'Created',
	modified: 'Changed',
	completed: 'Ended'
};

/** The conditions of a filter, in the order of the form. */
export function pillsOf(filter: InvocationFilter): FilterPill[] {
	const pill = (field: keyof typeof FILTER_LABELS, value: string): FilterPill => ({
		field,
		label: FILTER_LABELS[field],
		value,
		without: { ...filter, [field]: NO_FILTER[field] }
	});
	return [
		...TEXT_FIELD_NAMES.flatMap((field) => {
			const value = filter[field];
			return value === null ? [] : [pill(field, value)];
		}),
		...(filter.retries === null ? [] : [pill('retries', `at least ${filter.retries}`)]),
		...TIME_FIELDS.flatMap((field) => {
			const range = filter[field];
			return range === null ? [] : [pill(field, describeRange(range))];
		})
	];
}

function describeRange(range: TimeRange): string {
	if (range.kind === 'recent') return RECENT_LABELS[range.span].toLowerCase();
	const [from, to] = [range.from, range.to].map((at) => (at === null ? null : moment(at)));
	if (from && to) return `${from} to ${to} UTC`;
	return from ? `since ${from} UTC` : `until ${to ?? ''} UTC`;
}

/** As exact as it is: seconds and what is below only where they say something. */
const moment = (at: number): string =>
	printMoment(at)
		.replace('T', ' ')
		.replace(/(:00)?\.000$/, '');
