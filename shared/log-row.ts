/** What a row of the Worker's logs is: a line, an uncaught exception, or how an attempt ended. */
export type LogKind = 'line' | 'exception' | 'outcome';
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One row of D1's `logs`. */
export interface LogRow {
	/** Ms since the epoch. */
	at: number;
	invocationId: string | null;
	service: string | null;
	handler: string | null;
	key: string | null;
	kind: LogKind;
	level: LogLevel;
	message: string;
	/** What the line carried beside its message. */
	fields: Record<string, unknown> | null;
	/** Workers' own word for how the attempt ended; on `outcome` rows. */
	outcome: string | null;
	cpuMs: number | null;
	wallMs: number | null;
}

/** A log row as stored: its ID orders rows written in the same millisecond. */
export interface StoredLog extends LogRow {
	id: number;
}
