import type { ResolvedPathname } from '$app/types';
import { count, relative } from '../format.ts';
import { STEP_LABELS } from '../step-failures.ts';
import type { StepFailures } from '../step-failures.ts';
import { urls } from '../urls.ts';
import type { EventSummary, Overview } from './overview.ts';

/** Something an operator should look at, in one sentence, and where to look. */
export interface Concern {
	/** `bad` does not mend itself; `warn` may. */
	tone: 'bad' | 'warn';
	text: string;
	href: ResolvedPathname;
}

/** A mail takes seconds; one that waits longer is held up. */
const MAIL_LATE_MS = 2 * 60_000;
/** An event on sale is sampled every few seconds. */
const UNSAMPLED_MS = 2 * 60_000;

/** What is not as it should be, the worst first; nothing when all is well. */
export function concernsOf(overview: Overview, now: number): Concern[] {
	const { events, work } = overview;
	const all = [
		paused(work?.paused ?? 0),
		leftOpen(overview.orders.leftOpen, now),
		...overview.steps.map((step) => failing(step, now)),
		backingOff(work?.backingOff ?? 0),
		lapsed(events),
		mailsDue(overview.orders.mailsDue, now),
		unsampled(events, now)
	].filter((concern) => concern !== undefined);
	return [
		...all.filter(({ tone }) => tone === 'bad'),
		...all.filter(({ tone }) => tone === 'warn')
	];
}

function paused(n: number): Concern | undefined {
	if (n === 0) return undefined;
	return {
		tone: 'bad',
		text: `${some(n, 'invocation is paused', 'invocations are paused')}: somebody must resume ${n === 1 ? 'it' : 'them'}`,
		href: urls.worklist({ kind: 'stalled' })
	};
}

function backingOff(n: number): Concern | undefined {
	if (n === 0) return undefined;
	return {
		tone: 'warn',
		text: `${some(n, 'invocation backs off and tries', 'invocations back off and try')} again`,
		href: urls.invocations({ status: 'backing-off' })
	};
}

function failing({ step, faults, lastAt }: StepFailures, now: number): Concern | undefined {
	if (faults === 0) return undefined;
	const where = step === 'other' ? 'outside the sale’s steps' : `at “${STEP_LABELS[step]}”`;
	const last = lastAt === null ? '' : `, the last ${relative(Math.min(lastAt, now), now)}`;
	return {
		tone: 'warn',
		text: `${some(faults, 'attempt', 'attempts')} failed ${where} within 5 minutes${last}`,
		href: urls.overview({ failures: step })
	};
}

function leftOpen(
	{ count: n, since }: Overview['orders']['leftOpen'],
	now: number
): Concern | undefined {
	if (n === 0 || since === null) return undefined;
	return {
		tone: 'bad',
		text: `${some(n, 'order has', 'orders have')} been open for longer than a checkout takes, the oldest opened ${relative(since, now)}`,
		href: urls.worklist({ kind: ['broken', 'uncaptured'] })
	};
}

function lapsed(events: readonly EventSummary[]): Concern | undefined {
	const concerned = events.filter(({ sample }) => (sample?.lapsed ?? 0) > 0);
	const [first] = concerned;
	if (!first) return undefined;
	const n = concerned.reduce((sum, { sample }) => sum + (sample?.lapsed ?? 0), 0);
	return {
		tone: 'warn',
		text: `${some(n, 'hold has', 'holds have')} been past ${n === 1 ? 'its' : 'their'} time for over a minute${named(concerned)}`,
		href: urls.worklist({ kind: 'lapsed' })
	};
}

function mailsDue(
	{ count: n, since }: Overview['orders']['mailsDue'],
	now: number
): Concern | undefined {
	if (n === 0 || since === null || now - since < MAIL_LATE_MS) return undefined;
	return {
		tone: 'warn',
		text: `${some(n, 'mail has', 'mails have')} not gone out, the oldest due ${relative(since, now)}`,
		href: urls.worklist({ kind: 'mail' })
	};
}

function unsampled(events: readonly EventSummary[], now: number): Concern | undefined {
	const concerned = events.filter(
		({ onSale, perMinute, publishedAt }) =>
			onSale && perMinute === null && now - publishedAt > UNSAMPLED_MS
	);
	const [first] = concerned;
	if (!first) return undefined;
	return {
		tone: 'warn',
		text: `Occupancy is not being sampled${named(concerned)}: opening an event’s page starts it again`,
		href: urls.event(first.id)
	};
}

const some = (n: number, one: string, many: string): string =>
	`${count(n)} ${n === 1 ? one : many}`;

function named([first, ...others]: readonly EventSummary[]): string {
	if (!first) return '';
	return others.length === 0
		? ` in ${first.name}`
		: ` in ${first.name} and ${some(others.length, 'other event', 'other events')}`;
}
