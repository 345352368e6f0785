import { CANCELLED_FAILURES } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import { REFUSAL_CODES } from '../refusal.ts';
import { readInvocation } from './invocations.ts';
import type { InvocationRow } from './invocations.ts';
import { readRows } from './invocation-sql.ts';
import type { Admin } from './restate-admin.ts';
import { integer, text, textList } from '$shared/sql.ts';

/** The invocations that failed last, newest first. @throws UpstreamError */
export async function newestFailures(
	admin: Admin,
	scope: 'faults' | 'all',
	limit: number
): Promise<Invocation[]> {
	const found = await admin.query<{ id: string }>(failuresQuery(scope, limit));
	if (found.length === 0) return [];
	const rows = await admin.query<InvocationRow>(readRows(found.map(({ id }) => id)));
	return rows.map(readInvocation).sort((a, b) => endOf(b) - endOf(a));
}

const endOf = (invocation: Invocation): number => invocation.completedAt ?? invocation.modifiedAt;

/** A cancelled invocation is no failure; a fault is one that does not begin with a refusal's code. */
export function failuresQuery(scope: 'faults' | 'all', limit: number): string {
	const refusals = REFUSAL_CODES.map(
		(code) => `AND NOT starts_with(completion_failure, ${text(`[${code}]`)})`
	).join(' ');
	return `SELECT id FROM sys_invocation_status
		WHERE status = 'completed' AND completion_result = 'failure'
			AND lower(completion_failure) NOT IN ${textList(CANCELLED_FAILURES)}
			${scope === 'faults' ? refusals : ''}
		ORDER BY completed_at DESC LIMIT ${integer(limit)}`;
}
