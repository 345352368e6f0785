import type { TraceItem } from '@cloudflare/workers-types';
import type { LogLevel, LogRow } from '../../shared/log-row.ts';

/**
 * The rows that one Worker invocation leaves. They are keyed by the `x-restate-invocation-id`
 * header that Restate sends, so a handler that died before its first line is found as well.
 */
export function toRows(item: TraceItem): LogRow[] {
	const at = item.eventTimestamp ?? 0;
	const printed = item.logs.map((log) => ({ ...readLine(log), at: log.timestamp }));
	const attempt = attemptOf(item, printed);
	const lines = printed.map((line) => ({ ...attempt, ...line }));
	const exceptions = item.exceptions.map((exception) => ({
		...attempt,
		at: exception.timestamp,
		kind: 'exception' as const,
		level: 'error' as const,
		message: `${exception.name}: ${exception.message}`,
		fields: exception.stack ? { stack: exception.stack } : null
	}));
	if (attempt.invocationId === null) return [...lines, ...exceptions];
	const outcome: LogRow = {
		...attempt,
		at: at + item.wallTime,
		kind: 'outcome',
		level: item.outcome === 'ok' ? 'debug' : 'error',
		message: `Attempt ended: ${item.outcome}`,
		outcome: item.outcome,
		cpuMs: item.cpuTime,
		wallMs: item.wallTime
	};
	return [...lines, ...exceptions, outcome];
}

const NOTHING = {
	kind: 'line',
	level: 'info',
	message: '',
	fields: null,
	key: null,
	outcome: null,
	cpuMs: null,
	wallMs: null
} as const;

function attemptOf(item: TraceItem, printed: readonly Line[]): Omit<LogRow, 'at'> {
	// The runtime makes a request anew for each who looks at it, so only where no line says as much.
	const said = printed.find(({ invocationId }) => typeof invocationId === 'string');
	const { invocationId = null, service = null, handler = null } = said ?? callOf(item);
	// Restate's request does not say which object it is for; the attempt's own lines do.
	const key = printed.find((line) => line.key !== undefined)?.key ?? null;
	return { ...NOTHING, invocationId, service, handler, key };
}

/** What Restate's request says of the attempt. */
function callOf({ event }: TraceItem): Pick<Line, 'invocationId' | 'service' | 'handler'> {
	const request = event && 'request' in event ? event.request : undefined;
	const invocationId = request?.headers['x-restate-invocation-id'];
	if (!request || invocationId === undefined) return {};
	// /invoke/<service>/<handler>
	const [, , service = null, handler = null] = new URL(request.url).pathname.split('/');
	return { invocationId, service, handler };
}

type Line = Pick<LogRow, 'level' | 'message' | 'fields'> & Partial<LogRow>;

/** A line of our logger is one JSON object; anything else is kept as it was printed. */
function readLine(log: TraceItem['logs'][number]): Line {
	const parts: unknown[] = Array.isArray(log.message) ? log.message : [log.message];
	const [first] = parts;
	const parsed = parts.length === 1 && typeof first === 'string' ? parseObject(first) : undefined;
	if (!parsed || typeof parsed['message'] !== 'string')
		return { level: readLevel(log.level), message: parts.map(print).join(' '), fields: null };
	const { level, message, invocationId, service, handler, key, ...fields } = parsed;
	return {
		level: readLevel(level),
		message,
		fields: Object.keys(fields).length > 0 ? fields : null,
		...(typeof invocationId === 'string' ? { invocationId } : {}),
		...(typeof service === 'string' ? { service } : {}),
		...(typeof handler === 'string' ? { handler } : {}),
		...(typeof key === 'string' ? { key } : {})
	};
}

function parseObject(text: string): Record<string, unknown> | undefined {
	if (!text.startsWith('{')) return undefined;
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

const readLevel = (level: unknown): LogLevel => LEVELS.find((known) => known === level) ?? 'info';

const print = (value: unknown): string =>
	typeof value === 'string' ? value : JSON.stringify(value);
