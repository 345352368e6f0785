import type { Admin } from './restate-admin.ts';
import { UpstreamError } from './upstream-error.ts';

/**
 * Rows of one invocation ID. One that only looks like an ID makes Restate fail the query instead
 * of finding nothing; here it finds nothing. @throws UpstreamError
 */
export async function queryById<Row>(admin: Admin, sql: string): Promise<Row[]> {
	try {
		return await admin.query<Row>(sql);
	} catch (error) {
		const malformed =
			error instanceof UpstreamError && error.message.includes('non valid invocation id');
		if (malformed) return [];
		throw error;
	}
}
