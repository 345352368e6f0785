import type { InvocationTarget } from '../invocation.ts';
import { CANCEL_SIGNAL, readEntry } from '../journal/entry.ts';
import type { JournalRow, RawResult, RawTarget } from '../journal/entry.ts';
import { redactText } from '../journal/redact.ts';

/** One step of a saga: what was asked, and what came of it. */
export interface Step {
	/** Its place in the journal. */
	index: number;
	at: number;
	kind: 'run' | 'call' | 'send' | 'cancel' | 'end';
	/** A run's own name, or `Ticket.confirm`. */
	name: string;
	target: InvocationTarget | null;
	/** Whom it called. */
	invocationId: string | null;
	/** Null while it has no result, and for what has none. */
	durationMs: number | null;
	pending: boolean;
	failure: string | null;
}

const KINDS: Record<string, Step['kind'] | undefined> = {
	Run: 'run',
	Call: 'call',
	OneWayCall: 'send',
	Output: 'end'
};

/** A checkout's journal as the steps of its saga, in their order. */
export function stepsOf(rows: readonly JournalRow[]): Step[] {
	const entries = rows.map(readEntry);
	const results = new Map(
		entries
			.filter((entry) => entry.is === 'completion')
			.map((entry) => [entry.completion.completion_id, entry])
	);
	const ended = entries.some((entry) => entry.is === 'command' && entry.type === 'Output');
	return entries.flatMap((entry): Step[] => {
		const base = { index: entry.index, at: entry.at };
		if (entry.is === 'signal' && entry.id === CANCEL_SIGNAL)
			return [{ ...base, ...BLANK, kind: 'cancel', name: 'Cancel requested' }];
		if (entry.is !== 'command') return [];
		const kind = KINDS[entry.type];
		if (!kind) return [];
		const { command } = entry;
		const awaited = kind === 'run' ? command.completion_id : command.result_completion_id;
		const completion = awaited === undefined ? undefined : results.get(awaited);
		const target = command.request ? readTarget(command.request.invocation_target) : null;
		return [
			{
				...base,
				kind,
				name: target ? `${target.service}.${target.handler}` : (command.name ?? 'Result'),
				target,
				invocationId: command.request?.invocation_id ?? null,
				durationMs: completion ? completion.at - entry.at : null,
				pending: awaited !== undefined && !completion && !ended,
				failure: failureOf(kind === 'end' ? command.result : completion?.completion.result)
			}
		];
	});
}

const BLANK = {
	target: null,
	invocationId: null,
	durationMs: null,
	pending: false,
	failure: null
} as const;

function failureOf(result: RawResult | undefined): string | null {
	if (typeof result !== 'object' || !('Failure' in result)) return null;
	return redactText(result.Failure.message);
}

function readTarget(target: RawTarget): InvocationTarget {
	if ('Service' in target) return { key: null, ...named(target.Service) };
	const { key, ...rest } = 'Workflow' in target ? target.Workflow : target.VirtualObject;
	return { key, ...named(rest) };
}

const named = ({ name, handler }: { name: string; handler: string }) => ({
	service: name,
	handler
});
