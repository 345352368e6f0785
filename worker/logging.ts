import type { LogMetadata } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { concernOf } from './log-concern.ts';

type Fields = Record<string, unknown>;

/**
 * Writes one JSON object a line, with the invocation it belongs to. A handler logs a message and,
 * if it has any, an object of fields: `ctx.console.info('Seat reserved', { userId })`.
 */
export function logLine(meta: LogMetadata, message?: unknown, ...rest: unknown[]): void {
	const line = lineOf(meta, message, ...rest);
	if (line) console.log(JSON.stringify(line));
}

/**
 * What to log, or undefined for what is not worth a line: replayed lines, the SDK's notes on each
 * attempt, and an error that it reports for the second time.
 */
export function lineOf(
	meta: LogMetadata,
	message?: unknown,
	...rest: unknown[]
): Fields | undefined {
	if (meta.replaying) return undefined;
	// Compared as text: the SDK's Workers build declares these enums but does not export them.
	const [source, level]: string[] = [meta.source, meta.level];
	if (source !== 'USER' && level !== 'warn' && level !== 'error') return undefined;
	// The SDK reports a handler's error beside a message of its own that says nothing of it.
	const error = rest.find((value) => value instanceof Error);
	const said = error?.message ?? text(message);
	if (isEcho(said)) return undefined;
	return {
		level: meta.level,
		message: said,
		invocationId: meta.context?.invocationId,
		service: meta.context?.serviceName,
		handler: meta.context?.handlerName,
		key: meta.context?.key,
		...(level === 'warn' || level === 'error' ? troubleOf(meta, message) : {}),
		...rest
			.filter(isFields)
			.map(plainFields)
			.reduce((all, some) => ({ ...all, ...some }), {})
	};
}

/** What failures are counted by: the event or order it concerns, and the step that failed. */
function troubleOf({ context }: LogMetadata, message: unknown): Fields {
	const [, step] = /^Error when processing ctx\.run '(.+)'\.\s*$/.exec(text(message)) ?? [];
	return {
		...concernOf(context?.key, context?.request?.body),
		...(step !== undefined && { step })
	};
}

/** The SDK's core repeats an error that the SDK has just reported, with its stack in the text. */
const isEcho = (message: string): boolean => /^\(\d+\) [^]*\nStacktrace: /.test(message);

const text = (message: unknown): string =>
	typeof message === 'string' ? message.trim() : JSON.stringify(message ?? null);

const isFields = (value: unknown): value is object => typeof value === 'object' && value !== null;

function plainFields(value: object): Fields {
	if (!(value instanceof Error)) return { ...value };
	const code = 'code' in value ? { code: value.code } : {};
	// A refusal is the code at work; anything else is worth knowing where it came from.
	const stack = value.name === 'TerminalError' ? {} : { stack: value.stack };
	return { error: value.name, ...code, ...stack };
}
