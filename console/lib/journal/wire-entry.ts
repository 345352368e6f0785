import type { InvocationTarget } from '../invocation.ts';
import { CANCEL_SIGNAL, readEntry, signalId } from './entry.ts';
import type { JournalEntry, JournalRow, RawResult, RawTarget } from './entry.ts';
import { decodePayload } from './payload.ts';
import { preview } from './preview.ts';
import { redactText } from './redact.ts';

/**
 * A journal entry as a page gets it: what it is and one line of what it carries, redacted. There
 * may be tens of thousands of them, so what an entry has not is left out.
 */
export interface WireEntry {
	index: number;
	/** Ms since the epoch. */
	at: number;
	is: JournalEntry['is'];
	/** `Call`, `Run`, … */
	type: string;
	/** Of the step, the state key or the signal. */
	name?: string;
	target?: InvocationTarget;
	/** The invocation that it made or addressed. */
	invocationId?: string;
	/** When a sleep ends or a delayed send is due. */
	until?: number;
	/** The completion that a command waits for. */
	awaits?: number;
	/** The command's completion that this is. */
	completes?: number;
	/** It is, or sends, Restate's signal to cancel. */
	cancel?: true;
	failed?: true;
	/** `[402] Payment Failed: …` */
	failure?: string;
	/** Its value in one line. */
	preview?: string;
	/** There is more to read in it than the line. */
	more?: true;
	/** Its size in bytes, where it is too large to be fetched unasked. */
	large?: number;
}

const LARGE_BYTES = 65_536;

/** Reads a row of the journal for a page. */
export function wireEntry(row: JournalRow): WireEntry {
	const entry = readEntry(row);
	const { index, at, is } = entry;
	const type = 'type' in entry ? entry.type : 'Signal';
	const large = entry.bytes > LARGE_BYTES ? entry.bytes : undefined;
	return prune({ index, at, is, type, large, ...fieldsOf(entry) });
}

type Base = Pick<WireEntry, 'index' | 'at' | 'is' | 'type'>;
type Fields = { [Key in Exclude<keyof WireEntry, keyof Base>]?: WireEntry[Key] | undefined };

function fieldsOf(entry: JournalEntry): Fields {
	switch (entry.is) {
		case 'command':
			return commandFields(entry);
		case 'completion':
			return {
				completes: entry.completion.completion_id,
				...resultFields(entry.completion.result, entry)
			};
		case 'signal':
			return entry.id === CANCEL_SIGNAL
				? { cancel: true }
				: { name: String(entry.id), ...resultFields(entry.result, entry) };
		case 'unknown':
			return { more: true };
	}
}

function commandFields({ type, command, lite, bytes }: Command): Fields {
	const target = command.request?.invocation_target ?? command.invocation_target;
	const given = command.payload ?? command.request?.parameter ?? command.value;
	const signal = command.signal_id && signalId(command.signal_id);
	return {
		name: command.name || command.key,
		target: target && readTarget(target),
		invocationId:
			command.request?.invocation_id ??
			command.invocation_id ??
			command.target_invocation_id ??
			command.target?.InvocationId,
		until: command.wake_up_time ?? (command.invoke_time || undefined),
		awaits: command.result_completion_id ?? command.completion_id,
		cancel: signal === CANCEL_SIGNAL || undefined,
		...resultFields(command.result, { lite, bytes }),
		...(command.result === 'Void' && type.startsWith('Get') && { preview: 'empty' }),
		...(given && { preview: line(given), more: true }),
		...(lite && { preview: notFetched(bytes), more: true })
	};
}

type Command = Extract<JournalEntry, { is: 'command' }>;
type Sized = Pick<JournalEntry, 'lite' | 'bytes'>;

function resultFields(result: RawResult | undefined, { lite, bytes }: Sized): Fields {
	if (result === undefined || result === 'Void') return {};
	if (result === 'Success' || result === 'Failure')
		return {
			failed: result === 'Failure' || undefined,
			...(lite && { preview: notFetched(bytes), more: true })
		};
	if ('Failure' in result) return { failed: true, failure: failureText(result.Failure) };
	if ('StateKeys' in result) return { preview: result.StateKeys.join(', '), more: true };
	return { preview: line(result.Success), more: true };
}

const FAILURE_LENGTH = 2000;

const failureText = ({ code, message }: { code: number; message: string }): string =>
	redactText(`[${code}] ${message}`).slice(0, FAILURE_LENGTH);

const line = (bytes: readonly number[]): string | undefined =>
	preview(decodePayload(bytes)) ?? undefined;

const notFetched = (bytes: number): string | undefined =>
	preview({ kind: 'omitted', bytes }) ?? undefined;

export function readTarget(target: RawTarget): InvocationTarget {
	if ('Service' in target) {
		const { name, handler } = target.Service;
		return { service: name, key: null, handler };
	}
	const { name, key, handler } = 'Workflow' in target ? target.Workflow : target.VirtualObject;
	return { service: name, key, handler };
}

/** The same without what is undefined. */
const prune = (fields: Base & Fields): WireEntry =>
	Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined)
	) as unknown as WireEntry;
