import type { Invocation } from '../invocation.ts';
import { blankItem } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';
import type { WireEntry } from './wire-entry.ts';

/** Shorter waits are the round trips of every call, which its row's duration tells of. */
const WORTH_A_ROW_MS = 1000;

/**
 * When a handler was not running because it waited for a call, a timer or a signal. The journal
 * has no entry of that: it is the gap before the notification that woke the handler. A gap with a
 * failed attempt in it (`failures`, times in ascending order) was a back-off instead.
 */
export function suspensions(
	entries: readonly WireEntry[],
	failures: readonly number[]
): TimelineItem[] {
	const commands = new Map<number, WireEntry>();
	const items: TimelineItem[] = [];
	let before: WireEntry | undefined;
	for (const entry of entries) {
		if (entry.awaits !== undefined) commands.set(entry.awaits, entry);
		const [from, to] = [before?.at ?? entry.at, entry.at];
		before = entry;
		if (to - from < WORTH_A_ROW_MS || entry.is === 'command' || entry.type === 'Run') continue;
		if (failures.some((at) => at >= from && at <= to)) continue;
		const command = entry.completes === undefined ? undefined : commands.get(entry.completes);
		items.push({
			...suspension(from),
			id: `s${entry.index}`,
			subject:
				entry.is === 'signal' ? 'until a signal came' : `until “${nameOf(command)}” was done`,
			durationMs: to - from
		});
	}
	return items;
}

function nameOf(command: WireEntry | undefined): string {
	if (command?.target) return `${command.target.service}.${command.target.handler}`;
	return command?.name ?? command?.type ?? 'something';
}

const suspension = (at: number) =>
	({ ...blankItem, at, source: 'journal', kind: 'suspension', verb: 'Suspended' }) as const;

type Present = Pick<Invocation, 'status' | 'modifiedAt' | 'nextRetryAt' | 'retryCount'>;

/** The row at the end of an invocation that is under way: what it waits for. */
export function presentItem(now: Present, lastAt: number): TimelineItem | undefined {
	const at = Math.max(lastAt, now.modifiedAt);
	if (now.status === 'suspended')
		return { ...suspension(at), id: 'now', subject: 'since then', pending: true };
	if (now.status !== 'backing-off') return undefined;
	return {
		...blankItem,
		id: 'now',
		at,
		source: 'journal',
		kind: 'retry',
		verb: 'Next attempt',
		subject: `number ${now.retryCount + 1} since its last progress`,
		until: now.nextRetryAt
	};
}

/** Rows of failed attempts and pauses, with how long it took until the invocation went on. */
export function withIntervals(items: readonly TimelineItem[]): TimelineItem[] {
	let next: number | undefined;
	return items
		.toReversed()
		.map((item) => {
			if (item.source !== 'journal' || item.id === 'now') return item;
			const later = next;
			next = item.at;
			const waited = item.kind === 'retry' || item.kind === 'pause';
			return waited && later !== undefined ? { ...item, durationMs: later - item.at } : item;
		})
		.toReversed();
}
