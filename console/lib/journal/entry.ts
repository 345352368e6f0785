/**
 * Restate's journal as its SQL tables give it, as far as the timeline reads it. `entry_json` is
 * whole; `entry_lite_json`, fetched for large entries, has the same form without the payloads.
 */

/**
 * A row of sys_journal; NULL columns are absent. Without `entry_json`, `entry_lite_json` says the
 * same but for the payloads.
 */
export interface JournalRow {
	index: number;
	/** `Command: Call`, `Notification: Run`, … */
	entry_type: string;
	name?: string;
	appended_at?: string;
	raw_length: number;
	entry_json?: string;
	entry_lite_json?: string;
}

/** A row of sys_journal_events. */
export interface JournalEventRow {
	after_journal_entry_index: number;
	appended_at: string;
	event_type: string;
	event_json: string;
}

export interface RawHeader {
	name: string;
	value: string;
}

export type RawResult =
	| 'Void'
	/** Of a lite entry: which it was, without the value. */
	| 'Success'
	| 'Failure'
	| { Success: number[] }
	| { Failure: { code: number; message: string } }
	| { StateKeys: string[] };

export type RawTarget =
	| { Service: { name: string; handler: string } }
	| { VirtualObject: { name: string; key: string; handler: string } }
	| { Workflow: { name: string; key: string; handler: string } };

/** The fields of every command in one; which are there depends on the command. */
export interface RawCommand {
	name?: string;
	key?: string;
	headers?: RawHeader[];
	payload?: number[];
	value?: number[];
	request?: {
		invocation_id: string;
		invocation_target: RawTarget;
		parameter: number[];
		headers: RawHeader[];
	};
	invocation_id?: string;
	invocation_target?: RawTarget;
	/** Ms since the epoch; 0 is now. */
	invoke_time?: number;
	wake_up_time?: number;
	completion_id?: number;
	invocation_id_completion_id?: number;
	result_completion_id?: number;
	result?: RawResult;
	target_invocation_id?: string;
	/** Of an attach, which may also name a workflow or an idempotency key. */
	target?: { InvocationId?: string };
	signal_id?: { Index: number } | { Name: string };
}

export interface RawCompletion {
	completion_id: number;
	result?: RawResult;
}

export type JournalEntry = { index: number; at: number; bytes: number; lite: boolean } & (
	| { is: 'command'; type: string; command: RawCommand }
	| { is: 'completion'; type: string; completion: RawCompletion }
	| { is: 'signal'; id: number | string; result: RawResult | undefined }
	/** One of a kind that this console does not know. */
	| { is: 'unknown'; type: string; value: unknown }
);

interface RawSignal {
	id: { Index: number } | { Name: string };
	result?: RawResult;
}

interface RawEntry {
	Command?: Record<string, RawCommand>;
	Notification?: {
		Completion?: Record<string, RawCompletion>;
		Signal?: RawSignal;
		/** Of a lite notification. */
		ty?: 'Signal' | { Completion: string };
		id?: { CompletionId: number } | { SignalIndex: number } | { SignalName: string };
		result?: RawResult;
	};
}

/** Reads a row of the journal. */
export function readEntry(row: JournalRow): JournalEntry {
	const base = {
		index: row.index,
		at: row.appended_at === undefined ? 0 : Date.parse(row.appended_at),
		bytes: row.raw_length,
		lite: row.entry_json === undefined
	};
	const type = row.entry_type.replace(/^(Command|Notification): /, '');
	const raw = JSON.parse(row.entry_json ?? row.entry_lite_json ?? 'null') as RawEntry | null;
	const [command] = Object.values(raw?.Command ?? {});
	if (command) return { ...base, is: 'command', type, command };

	const { Completion, Signal, id, result } = raw?.Notification ?? {};
	const [completion] = Object.values(Completion ?? {});
	if (completion) return { ...base, is: 'completion', type, completion };
	if (Signal) return { ...base, is: 'signal', id: signalId(Signal.id), result: Signal.result };
	if (id && 'CompletionId' in id) {
		const lite = { completion_id: id.CompletionId, ...(result && { result }) };
		return { ...base, is: 'completion', type, completion: lite };
	}
	if (id)
		return {
			...base,
			is: 'signal',
			id: 'SignalIndex' in id ? id.SignalIndex : id.SignalName,
			result
		};
	return { ...base, is: 'unknown', type: row.entry_type, value: raw };
}

export const signalId = (id: { Index: number } | { Name: string }): number | string =>
	'Index' in id ? id.Index : id.Name;

/** Restate's built-in signal that cancels an invocation. */
export const CANCEL_SIGNAL = 1;
