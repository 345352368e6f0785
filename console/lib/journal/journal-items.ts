import type { InvocationTarget } from '../invocation.ts';
import { CANCEL_SIGNAL, readEntry, signalId } from './entry.ts';
import type {
	JournalEntry,
	JournalRow,
	RawCommand,
	RawHeader,
	RawResult,
	RawTarget
} from './entry.ts';
import { decodePayload } from './payload.ts';
import type { Payload } from './payload.ts';
import { REDACTED, isSecretName, redactText } from './redact.ts';
import { blankItem } from './timeline.ts';
import type { ItemKind, TimelineItem } from './timeline.ts';

/**
 * A journal as timeline rows. A command and the notification that completes it are two entries
 * of the journal and one row here: what was asked, what came of it, and how long that took.
 */
export function journalItems(rows: readonly JournalRow[]): TimelineItem[] {
	const entries = rows.map(readEntry);
	const completions = new Map(
		entries
			.filter((entry) => entry.is === 'completion')
			.map((entry) => [entry.completion.completion_id, entry])
	);
	const items = entries.flatMap((entry): TimelineItem[] => {
		if (entry.is === 'command') return [commandItem(entry, completions)];
		if (entry.is === 'signal') return [signalItem(entry)];
		if (entry.is === 'unknown') return [unknownItem(entry)];
		return [];
	});
	return markCompensations(entries, dropPending(items));
}

type Entry<Is extends JournalEntry['is']> = Extract<JournalEntry, { is: Is }>;
type Completions = ReadonlyMap<number, Entry<'completion'>>;

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

function commandItem(entry: Entry<'command'>, completions: Completions): TimelineItem {
	const { command, type } = entry;
	const [kind, verb] = WORDS[type] ?? ['other', type];
	const awaited = command.result_completion_id ?? command.completion_id;
	const completion = awaited === undefined ? undefined : completions.get(awaited);
	const result = completion?.completion.result ?? command.result;
	const failure = failureOf(result);
	const target = command.request?.invocation_target ?? command.invocation_target;
	return {
		...blankItem,
		...base(entry),
		kind,
		verb: type === 'SendSignal' && isCancel(command) ? 'Cancel call' : verb,
		subject: subjectOf(type, command, failure),
		target: target ? readTarget(target) : null,
		invocationId:
			command.request?.invocation_id ??
			command.invocation_id ??
			command.target_invocation_id ??
			null,
		until: command.wake_up_time ?? (command.invoke_time ? command.invoke_time : null),
		note: kind === 'output' || failure === null ? null : failure,
		details: [...askedOf(entry), ...resultOf(type, result, completion ?? entry)],
		durationMs: completion ? completion.at - entry.at : null,
		pending: awaited !== undefined && !completion,
		failed: failure !== null || result === 'Failure'
	};
}

function subjectOf(type: string, command: RawCommand, failure: string | null): string | null {
	if (type === 'Output') return failure ?? 'success';
	return command.name ? command.name : (command.key ?? null);
}

const isCancel = ({ signal_id: id }: RawCommand): boolean =>
	id !== undefined && signalId(id) === CANCEL_SIGNAL;

/** What a command was given. */
function askedOf({ command, lite, bytes }: Entry<'command'>): TimelineItem['details'] {
	const details: TimelineItem['details'] = [];
	const given = command.payload ?? command.request?.parameter ?? command.value;
	if (given) details.push({ label: 'Value', payload: decodePayload(given) });
	else if (lite) details.push({ label: 'Value', payload: { kind: 'omitted', bytes } });
	const headers = command.headers ?? command.request?.headers ?? [];
	if (headers.length > 0) details.push({ label: 'Headers', payload: readHeaders(headers) });
	return details;
}

/** What came of it. */
function resultOf(
	type: string,
	result: RawResult | undefined,
	{ lite, bytes }: JournalEntry
): TimelineItem['details'] {
	const label = type === 'Output' || type.startsWith('Get') ? 'Value' : 'Result';
	if (result === undefined || result === 'Void') {
		return type.startsWith('Get') && result ? [{ label, payload: { kind: 'empty' } }] : [];
	}
	if (result === 'Success' || result === 'Failure')
		return lite ? [{ label, payload: { kind: 'omitted', bytes } }] : [];
	if ('Success' in result) return [{ label, payload: decodePayload(result.Success) }];
	if ('StateKeys' in result) return [{ label, payload: { kind: 'json', value: result.StateKeys } }];
	return [];
}

function failureOf(result: RawResult | undefined): string | null {
	if (typeof result !== 'object' || !('Failure' in result)) return null;
	const { code, message } = result.Failure;
	return redactText(`[${code}] ${message}`);
}

function signalItem(entry: Entry<'signal'>): TimelineItem {
	const cancel = entry.id === CANCEL_SIGNAL;
	return {
		...blankItem,
		...base(entry),
		kind: 'signal',
		verb: cancel ? 'Cancel requested' : 'Signal received',
		subject: cancel ? null : String(entry.id),
		details: resultOf('Signal', entry.result, entry),
		failed: cancel
	};
}

const unknownItem = (entry: Entry<'unknown'>): TimelineItem => ({
	...blankItem,
	...base(entry),
	kind: 'other',
	verb: entry.type,
	details: [{ label: 'Entry', payload: { kind: 'json', value: entry.value } }]
});

const base = ({ index, at }: JournalEntry) =>
	({ id: `j${index}`, at, index, source: 'journal' }) as const;

export function readTarget(target: RawTarget): InvocationTarget {
	if ('Service' in target) {
		const { name, handler } = target.Service;
		return { service: name, key: null, handler };
	}
	const { name, key, handler } = 'Workflow' in target ? target.Workflow : target.VirtualObject;
	return { service: name, key, handler };
}

const readHeaders = (headers: readonly RawHeader[]): Payload => ({
	kind: 'json',
	value: Object.fromEntries(
		headers.map(({ name, value }) => [name, isSecretName(name) ? REDACTED : redactText(value)])
	)
});

/** What had no result when the invocation ended will never have one. */
const dropPending = (items: readonly TimelineItem[]): TimelineItem[] =>
	items.some(({ kind }) => kind === 'output')
		? items.map((item) => ({ ...item, pending: false }))
		: [...items];

/**
 * A handler that fails for good undoes what it had done before it says so: whatever follows the
 * first cancel or failed step of an invocation that itself failed is compensation. Calls that
 * were under way beside the failed one began before it and are not; sends tell others of the end.
 */
function markCompensations(
	entries: readonly JournalEntry[],
	items: readonly TimelineItem[]
): TimelineItem[] {
	const output = items.find(({ kind }) => kind === 'output');
	const turn = entries.find(
		(entry) =>
			(entry.is === 'signal' && entry.id === CANCEL_SIGNAL) ||
			(entry.is === 'completion' &&
				(entry.completion.result === 'Failure' || failureOf(entry.completion.result) !== null))
	);
	if (!turn || (output && !output.failed)) return [...items];
	return items.map((item) => ({
		...item,
		compensation:
			item.index !== null && item.index > turn.index && ['call', 'run'].includes(item.kind)
	}));
}
