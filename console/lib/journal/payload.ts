import { redactJson, redactText } from './redact.ts';

/** A journal value as the page shows it. */
export type Payload =
	| { kind: 'json'; value: unknown }
	| { kind: 'text'; text: string }
	| { kind: 'binary'; bytes: number }
	| { kind: 'empty' }
	/** Too large to fetch with the rest. */
	| { kind: 'omitted'; bytes: number };

/** Decodes a journal value's bytes: JSON where it is, else text, else its size. Redacted. */
export function decodePayload(bytes: readonly number[]): Payload {
	if (bytes.length === 0) return { kind: 'empty' };
	const text = decodeText(bytes);
	if (text === undefined) return { kind: 'binary', bytes: bytes.length };
	try {
		return { kind: 'json', value: redactJson(JSON.parse(text)) };
	} catch {
		return { kind: 'text', text: redactText(text) };
	}
}

/** UTF-8 text without control characters, or undefined. */
function decodeText(bytes: readonly number[]): string | undefined {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
		return /[^\P{Cc}\t\n\r]/u.test(text) ? undefined : text;
	} catch {
		return undefined;
	}
}
