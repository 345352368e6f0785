import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Serde } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';

/** A user, hold, order or invocation identifier: printable, not blank, bounded. */
export const Identifier = z
	.string()
	.min(1, 'must not be empty')
	.max(256, { error: 'must be at most 256 characters', abort: true })
	.regex(/^\P{Cc}*$/u, 'must not hold control characters')
	.regex(/\S/u, 'must not be blank');

/** No request of ours but a seating plan comes near it; parsing more would hold the object up. */
const MAX_BYTES = 16 * 1024;

/** Handler options that validate the input; a bad one is a terminal 400 that says what is wrong. */
export const input = <Schema extends z.ZodType>(
	schema: Schema,
	maxBytes = MAX_BYTES
): { input: Serde<z.infer<Schema>> } => ({
	input: {
		contentType: 'application/json',
		jsonSchema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
		serialize: (value) => new TextEncoder().encode(JSON.stringify(value)),
		deserialize: (bytes) => parse(schema, bytes, maxBytes)
	}
});

function parse<Schema extends z.ZodType>(
	schema: Schema,
	bytes: Uint8Array,
	maxBytes: number
): z.infer<Schema> {
	if (bytes.length > maxBytes)
		throw new TerminalError(`the body is larger than ${maxBytes} bytes`, { errorCode: 413 });
	const result = schema.safeParse(readJson(bytes));
	if (result.success) return result.data;
	const problems = result.error.issues.map(
		({ path, message }) => `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`
	);
	throw new TerminalError(problems.join('; '), { errorCode: 400 });
}

function readJson(bytes: Uint8Array): unknown {
	if (bytes.length === 0) return undefined;
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		throw new TerminalError('the body is not JSON', { errorCode: 400 });
	}
}

/** Options of handlers that only read: nobody looks for such a call later, so none is kept. */
export const UNRECORDED = { journalRetention: 0, idempotencyRetention: 0 } as const;
