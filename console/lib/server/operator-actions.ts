import { NO_AUDIT_FILTER } from '../audit-filter.ts';
import type { AuditRecord } from '../audit-record.ts';
import type { Audit } from './audit.ts';
import { UpstreamError } from './upstream-error.ts';

const NEWEST = 5;

/**
 * The newest records of something, for its own page; null where they cannot be read now, as what else
 * is known of it does not wait on D1.
 */
export async function newestActions(audit: Audit, target: string): Promise<AuditRecord[] | null> {
	try {
		const { rows } = await audit.list({ ...NO_AUDIT_FILTER, target }, null, NEWEST);
		return rows.map(({ id, at, actor, role, action, target: of, reason, outcome }) => ({
			...{ id, at, actor, role, action, target: of, reason, outcome }
		}));
	} catch (error) {
		if (error instanceof UpstreamError) return null;
		throw error;
	}
}
