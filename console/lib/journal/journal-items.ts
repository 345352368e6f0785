import { blankItem } from './timeline.ts';
import type { ItemKind, TimelineItem } from './timeline.ts';
import type { WireEntry } from './wire-entry.ts';

/**
 * A journal as timeline rows. A command and the notification that completes it are two entries
 * of the journal and one row here: what was asked, what came of it, and how long that took. Of a
 * `partial` journal, its end still to be read, nobody can say what has no result yet.
 */
export function journalItems(entries: readonly WireEntry[], partial = false): TimelineItem[] {
	const completions = new Map<number, WireEntry>();
	for (const entry of entries)
		if (entry.completes !== undefined) completions.set(entry.completes, entry);
	// What had no result when the invocation ended will never have one.
	const ended = partial || entries.some(({ type }) => type === 'Output');
	const compensates = compensationOf(entries);
	return entries
		.filter(({ is }) => is !== 'completion')
		.map((entry) => {
			const completion = entry.awaits === undefined ? undefined : completions.get(entry.awaits);
			const item = itemOf(entry, completion);
			return { ...item, pending: item.pending && !ended, compensation: compensates(entry, item) };
		});
}

const WORDS: Record<string, [kind: ItemKind, verb: string]> = {
	Input: ['input', 'Input'],
	Output: ['output', 'Result'],
	Call: ['call', 'Call'],
	OneWayCall: ['send', 'Send'],
	Run: ['run', 'Run'],
	Sleep: ['sleep', 'Sleep'],
	SetState: ['state', 'Set state'],
	GetEagerState: ['state', 'Get state'],
	GetLazyState: ['state', 'Get state'],
	GetEagerStateKeys: ['state', 'List state keys'],
	GetLazyStateKeys: ['state', 'List state keys'],
	ClearState: ['state', 'Clear state'],
	ClearAllState: ['state', 'Clear all state'],
	SendSignal: ['signal', 'Send signal'],
	CompleteAwakeable: ['signal', 'Complete awakeable'],
	AttachInvocation: ['call', 'Attach to'],
	GetInvocationOutput: ['call', 'Read output of']
};

function itemOf(entry: WireEntry, completion: WireEntry | undefined): TimelineItem {
	const item = {
		...blankItem,
		id: `j${entry.index}`,
		at: entry.at,
		source: 'journal',
		index: entry.index,
		subject: entry.name ?? null,
		preview: completion?.preview ?? entry.preview ?? null,
		entries: [entry, completion].flatMap((each) => (each?.more ? [each.index] : [])),
		largeBytes: (entry.large ?? 0) + (completion?.large ?? 0)
	} as const;
	if (entry.is === 'command') return { ...item, ...commandFields(entry, completion) };
	if (entry.is !== 'signal') return { ...item, kind: 'other', verb: entry.type };
	return {
		...item,
		kind: 'signal',
		verb: entry.cancel ? 'Cancel requested' : 'Signal received',
		note: entry.failure ?? null,
		failed: (entry.cancel ?? entry.failed) === true
	};
}

function commandFields(entry: WireEntry, completion: WireEntry | undefined) {
	const [kind, verb] = WORDS[entry.type] ?? (['other', entry.type] as const);
	const failure = completion?.failure ?? entry.failure ?? null;
	return {
		kind,
		verb: entry.cancel ? 'Cancel call' : verb,
		subject: kind === 'output' ? (failure ?? 'success') : (entry.name ?? null),
		target: entry.target ?? null,
		invocationId: entry.invocationId ?? null,
		until: entry.until ?? null,
		note: kind === 'output' ? null : failure,
		durationMs: completion ? completion.at - entry.at : null,
		pending: entry.awaits !== undefined && !completion,
		failed: (completion?.failed ?? entry.failed) === true
	};
}

/** Steps of a sale that go on with it: where one follows a failure, nothing was given up. */
const FORWARD = {
	handlers: ['open', 'hold', 'reserve', 'extend', 'confirm'],
	steps: /^(Price|Authorise|Capture) /
};

const goesOn = ({ target, name = '' }: WireEntry): boolean =>
	target ? FORWARD.handlers.includes(target.handler) : FORWARD.steps.test(name);

/**
 * Tells what is compensation. A handler that fails for good undoes what it had done before it says
 * so: whatever follows the first cancel or the last failed step of an invocation that itself failed
 * is compensation. Calls that were under way beside the failed one began before it and are not;
 * sends tell others of the end. A checkout may try again after a failed round of payment.
 */
function compensationOf(
	entries: readonly WireEntry[]
): (entry: WireEntry, item: Pick<TimelineItem, 'kind'>) => boolean {
	const output = entries.find(({ type }) => type === 'Output');
	const turn =
		entries.find(({ is, cancel }) => is === 'signal' && cancel === true) ??
		entries.findLast(({ is, failed }) => is === 'completion' && failed === true);
	if (!turn || (output && output.failed !== true)) return () => false;
	if (
		turn.is === 'completion' &&
		entries.some((entry) => entry.index > turn.index && goesOn(entry))
	)
		return () => false;
	return ({ index }, { kind }) => index > turn.index && (kind === 'call' || kind === 'run');
}
