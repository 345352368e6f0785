import { actOnInvocation, literal, queryRestate } from './gateways/restate-admin.ts';

/** An invocation, as far as an operation on it needs to know. */
export interface Invocation {
	id: string;
	service: string;
	status: string;
	result: string | null;
	/** A second cancel would hit the compensations of the first. */
	cancelRequested: boolean;
}

interface Row {
	id: string;
	target_service_name: string;
	status: string;
	completion_result?: string;
	cancels: number;
}

/** Reads an invocation from Restate's own tables; null when it knows none of that ID. */
export async function readInvocation(id: string): Promise<Invocation | null> {
	const [row] = await queryRestate<Row>(
		`SELECT i.id, i.target_service_name, i.status, i.completion_result,
			(SELECT COUNT(*) FROM sys_journal j WHERE j.id = ${literal(id)}
				AND j.entry_type LIKE 'Notification: Signal%') AS cancels
		FROM sys_invocation i WHERE i.id = ${literal(id)}`
	);
	if (!row) return null;
	return {
		id: row.id,
		service: row.target_service_name,
		status: row.status,
		result: row.completion_result ?? null,
		cancelRequested: row.cancels > 0
	};
}

/**
 * Cancels an invocation. A back-off timer does not notice a cancel, so one that is backing off is
 * also asked to try again at once.
 */
export async function cancelInvocation(id: string): Promise<{ cancelled: boolean }> {
	const status = await actOnInvocation(id, 'cancel');
	if (status === 200 || status === 202) await actOnInvocation(id, 'resume');
	return { cancelled: status === 200 || status === 202 };
}
