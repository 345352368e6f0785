import { text } from '../shared/sql.ts';
import { actOnInvocation, queryRestate } from './gateways/restate-admin.ts';

/** An invocation, as far as an operation on it needs to know. */
export interface Invocation {
	id: string;
	service: string;
	handler: string;
	key: string | null;
	status: string;
	result: string | null;
	failure: string | null;
	/** A second cancel would hit the compensations of the first. */
	cancelRequested: boolean;
}

interface Row {
	id: string;
	target_service_name: string;
	target_handler_name: string;
	target_service_key?: string;
	status: string;
	completion_result?: string;
	completion_failure?: string;
}

/** Reads an invocation from Restate's own tables; null when it knows none of that ID. */
export async function readInvocation(id: string): Promise<Invocation | null> {
	const rows = await queryRestate<Row>(
		`SELECT id, target_service_name, target_handler_name, target_service_key, status,
			completion_result, completion_failure
		FROM sys_invocation WHERE id = ${text(id)}`
	).catch(noneIfMalformed);
	const [row] = rows;
	if (!row) return null;
	// A cancel reaches an invocation as a signal in its journal; a checkout gets no other.
	const signals = await queryRestate<{ index: number }>(
		`SELECT index FROM sys_journal
		WHERE id = ${text(id)} AND entry_type = 'Notification: Signal'`
	);
	return {
		id: row.id,
		service: row.target_service_name,
		handler: row.target_handler_name,
		key: row.target_service_key ?? null,
		status: row.status,
		result: row.completion_result ?? null,
		failure: row.completion_failure ?? null,
		cancelRequested: signals.length > 0
	};
}

/** Restate answers a point look-up by something that is no invocation ID with an error. */
function noneIfMalformed(error: unknown): never[] {
	if (error instanceof Error && error.message.includes('non valid invocation id')) return [];
	throw error;
}

/** Whether a checkout has begun to take its buyer's money. */
export async function isPaying(checkoutId: string): Promise<boolean> {
	const steps = await queryRestate<{ index: number }>(
		`SELECT index FROM sys_journal WHERE id = ${text(checkoutId)}
			AND entry_type = 'Command: Run' AND starts_with(name, 'Authorise payment') LIMIT 1`
	);
	return steps.length > 0;
}

/** The invocation that one was restarted as since then, where it was. */
export async function restartedAs(id: string, since: number): Promise<string | null> {
	const rows = await queryRestate<{ id: string }>(
		`SELECT id FROM sys_invocation_status WHERE restarted_from = ${text(id)}
			AND created_at >= ${text(new Date(since).toISOString())} ORDER BY created_at LIMIT 1`
	);
	return rows[0]?.id ?? null;
}

/** Cancels an invocation. @returns whether it was still there to be cancelled */
export async function cancelInvocation(id: string): Promise<boolean> {
	const { status } = await actOnInvocation(id, 'cancel');
	return status === 200 || status === 202;
}

/**
 * Has a cancelled invocation try again at once: its back-off timer does not notice the cancel. One
 * that is running or has ended needs no waking, and answers so.
 */
export async function wakeInvocation(id: string): Promise<void> {
	await actOnInvocation(id, 'resume');
}
