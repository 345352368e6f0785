import { readEntry } from './entry.ts';
import type { JournalEntry, JournalRow, RawHeader, RawResult } from './entry.ts';
import { decodePayload } from './payload.ts';
import type { Payload } from './payload.ts';
import { REDACTED, isSecretName, redactJson, redactText } from './redact.ts';

/** One thing to read in a timeline row, such as what a call was given. */
export interface Detail {
	label: string;
	payload: Payload;
}

/** What whole journal entries carry: a command's own, and what completed it. Redacted. */
export const entryDetails = (rows: readonly JournalRow[]): Detail[] =>
	rows.map(readEntry).flatMap((entry): Detail[] => {
		switch (entry.is) {
			case 'command':
				return [...given(entry), ...resulted(entry.type, entry.command.result)];
			case 'completion':
				return resulted(entry.type, entry.completion.result);
			case 'signal':
				return resulted('Signal', entry.result);
			case 'unknown':
				return [{ label: 'Entry', payload: { kind: 'json', value: redactJson(entry.value) } }];
		}
	});

type Command = Extract<JournalEntry, { is: 'command' }>;

function given({ command }: Command): Detail[] {
	const details: Detail[] = [];
	const bytes = command.payload ?? command.request?.parameter ?? command.value;
	if (bytes) details.push({ label: 'Value', payload: decodePayload(bytes) });
	const headers = command.headers ?? command.request?.headers ?? [];
	if (headers.length > 0) details.push({ label: 'Headers', payload: readHeaders(headers) });
	return details;
}

function resulted(type: string, result: RawResult | undefined): Detail[] {
	if (typeof result !== 'object') return [];
	const label = type === 'Output' || type.startsWith('Get') ? 'Value' : 'Result';
	if ('Success' in result) return [{ label, payload: decodePayload(result.Success) }];
	if ('StateKeys' in result) return [{ label, payload: { kind: 'json', value: result.StateKeys } }];
	const { code, message } = result.Failure;
	return [{ label: 'Error', payload: { kind: 'text', text: redactText(`[${code}] ${message}`) } }];
}

const readHeaders = (headers: readonly RawHeader[]): Payload => ({
	kind: 'json',
	value: Object.fromEntries(
		headers.map(({ name, value }) => [name, isSecretName(name) ? REDACTED : redactText(value)])
	)
});
