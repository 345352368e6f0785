import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { LogMetadata } from '@restatedev/restate-sdk-cloudflare-workers/fetch';

type Fields = Record<string, unknown>;

/**
 * Writes one JSON object a line, with the invocation it belongs to; replayed lines are dropped.
 * A handler logs a message and, if it has any, an object of fields: `ctx.console.info('Seat
 * reserved', { userId })`. From the SDK itself only warnings and errors are kept.
 */
export function logLine(meta: LogMetadata, message?: unknown, ...rest: unknown[]): void {
	if (meta.replaying) return;
	// Compared as text: the SDK's Workers build declares these enums but does not export them.
	const [source, level]: string[] = [meta.source, meta.level];
	if (source !== 'USER' && level !== 'warn' && level !== 'error') return;
	if (isEcho(message)) return;
	// The SDK reports a handler's error beside a message of its own that says nothing of it.
	const error = rest.find((value) => value instanceof Error);
	const fields = rest.filter(isFields).map(plainFields);
	const line = {
		level: meta.level,
		message: error?.message ?? text(message),
		invocationId: meta.context?.invocationId,
		service: meta.context?.serviceName,
		handler: meta.context?.handlerName,
		key: meta.context?.key,
		...Object.assign({}, ...fields)
	} as Fields;
	console.log(JSON.stringify(line));
}

/** The SDK's core repeats, as text, an error that the SDK has just reported as an object. */
const isEcho = (message: unknown): boolean =>
	typeof message === 'string' && /^\(\d+\) [^]*\nStacktrace: /.test(message);

const text = (message: unknown): string =>
	typeof message === 'string' ? message.trim() : JSON.stringify(message ?? null);

const isFields = (value: unknown): value is object => typeof value === 'object' && value !== null;

function plainFields(value: object): Fields {
	if (!(value instanceof Error)) return { ...value };
	const code = 'code' in value ? { code: value.code } : {};
	// A refusal is the code at work; anything else is worth knowing where it came from.
	const stack = value instanceof TerminalError ? {} : { stack: value.stack };
	return { error: value.name, ...code, ...stack };
}
