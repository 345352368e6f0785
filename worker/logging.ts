import type { LogMetadata } from '@restatedev/restate-sdk-cloudflare-workers/fetch';

type Fields = Record<string, unknown>;

/** The SDK's notes on attempts say nothing that the journal does not. */
const fromHandler = (source: string): boolean => source === 'USER';

/**
 * Writes one JSON object a line, with the invocation it belongs to; replayed lines are dropped.
 * A handler logs a message and, if it has any, an object of fields: `ctx.console.info('Seat
 * reserved', { userId })`. From the SDK itself only warnings and errors are kept.
 */
export function logLine(meta: LogMetadata, message?: unknown, ...rest: unknown[]): void {
	if (meta.replaying) return;
	const grave = meta.level === 'warn' || meta.level === 'error';
	if (!fromHandler(meta.source) && !grave) return;
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

const text = (message: unknown): string => {
	if (typeof message === 'string') return message.trim();
	if (message instanceof Error) return message.message;
	return JSON.stringify(message) ?? String(message);
};

const isFields = (value: unknown): value is object => typeof value === 'object' && value !== null;

const plainFields = (value: object): Fields =>
	value instanceof Error
		? { error: value.name, ...('code' in value ? { code: value.code } : {}) }
		: { ...value };
