import type { D1Database } from '@cloudflare/workers-types';
import { classifyAttempt, countSteps } from '../step-failures.ts';
import type {
	CountedAttempts,
	FailedAttempt,
	FailedInvocation,
	SaleStep,
	StepFailures
} from '../step-failures.ts';
import { UpstreamError } from './upstream-error.ts';

/** Which failed attempts are meant; times are ms since the epoch, `to` not included. */
export interface FailureRange {
	from: number;
	to: number;
	/** Only those that concern this event. */
	eventId?: string | undefined;
}

/**
 * Rows that tell of a failed attempt: an error that was logged, and an attempt that the runtime
 * ended. Our own remarks on a failure carry no `error`, so none is counted twice.
 */
const FAILED = `level IN ('warn', 'error') AND at >= ?1 AND at < ?2
	AND (kind = 'outcome' OR (kind = 'line' AND json_extract(fields, '$.error') IS NOT NULL))
	AND (?3 IS NULL OR json_extract(fields, '$.event') = ?3)`;

const KIND = `service, handler, json_extract(fields, '$.step') AS step,
	json_extract(fields, '$.code') AS code`;

/** How often each step failed. @throws UpstreamError when D1 cannot be read */
export async function readStepFailures(
	db: D1Database,
	{ from, to, eventId }: FailureRange
): Promise<StepFailures[]> {
	const rows = await read<CountedAttempts>(
		db
			.prepare(
				`SELECT ${KIND}, count(*) AS n, max(at) AS lastAt FROM logs WHERE ${FAILED}
				GROUP BY service, handler, step, code`
			)
			.bind(from, to, eventId ?? null)
	);
	return countSteps(rows);
}

/** Failures of all events together by step, and each event's faults. @throws UpstreamError */
export async function readFailuresByEvent(
	db: D1Database,
	{ from, to }: Omit<FailureRange, 'eventId'>
): Promise<{ steps: StepFailures[]; faults: Map<string, number> }> {
	const rows = await read<CountedAttempts & { event: string | null }>(
		db
			.prepare(
				`SELECT ${KIND}, json_extract(fields, '$.event') AS event, count(*) AS n,
					max(at) AS lastAt FROM logs WHERE ${FAILED}
				GROUP BY service, handler, step, code, event`
			)
			.bind(from, to, null)
	);
	const faults = new Map<string, number>();
	for (const row of rows)
		if (row.event !== null && classifyAttempt(row)?.refused === false)
			faults.set(row.event, (faults.get(row.event) ?? 0) + row.n);
	return { steps: countSteps(rows), faults };
}

interface FailedRow extends FailedAttempt, Omit<FailedInvocation, 'refused'> {
	service: string;
	handler: string;
}

/** The invocations that failed at a step last, newest first. @throws UpstreamError */
export async function readFailedInvocations(
	db: D1Database,
	{ from, to, eventId }: FailureRange,
	step: SaleStep,
	limit: number
): Promise<FailedInvocation[]> {
	const rows = await read<FailedRow>(
		db
			.prepare(
				`SELECT ${KIND}, invocation_id AS id, key, json_extract(fields, '$.order') AS 'order',
					count(*) AS attempts, max(at) AS lastAt, message FROM logs
				WHERE ${FAILED} AND invocation_id IS NOT NULL
				GROUP BY invocation_id, service, handler, step, code ORDER BY lastAt DESC`
			)
			.bind(from, to, eventId ?? null)
	);
	return rows
		.flatMap(({ step: run, code, ...row }) => {
			const kind = classifyAttempt({ ...row, step: run, code });
			return kind?.step === step ? [{ ...row, refused: kind.refused }] : [];
		})
		.slice(0, limit);
}

async function read<Row>(statement: ReturnType<D1Database['prepare']>): Promise<Row[]> {
	try {
		return (await statement.all<Row>()).results;
	} catch (cause) {
		throw new UpstreamError('logs-unreadable', 'The log store (D1) cannot be read now', {
			status: 503,
			retryable: true,
			cause
		});
	}
}
