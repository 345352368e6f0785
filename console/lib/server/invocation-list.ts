import type { Invocation, InvocationStatus } from '../invocation.ts';
import { parseCursor, parseFilter } from '../invocation-filter.ts';
import type { Cursor, InvocationFilter } from '../invocation-filter.ts';
import { countInvocations, listInvocations } from './invocations.ts';
import type { Admin } from './restate-admin.ts';
import { UpstreamError } from './upstream-error.ts';

/** One reading of the invocation list. */
export interface InvocationList {
	filter: InvocationFilter;
	before: Cursor | null;
	rows: Invocation[];
	next: Cursor | null;
	counts: Partial<Record<InvocationStatus, number>>;
	/** Services to choose from. */
	services: string[];
	readAt: number;
	/** What the reading cost, which sets how often it is repeated. */
	tookMs: number;
}

/** Reads the list that a URL asks for. @throws UpstreamError 400 for a URL it cannot read */
export async function readInvocationList(
	admin: Admin,
	params: URLSearchParams
): Promise<InvocationList> {
	const filter = valid(parseFilter(params));
	const before = valid(parseCursor(params));
	const begun = Date.now();
	const [page, counts, services] = await Promise.all([
		listInvocations(admin, filter, before),
		countInvocations(admin, filter),
		admin.query<{ name: string }>('SELECT name FROM sys_service ORDER BY name')
	]);
	const readAt = Date.now();
	return {
		filter,
		before,
		...page,
		counts,
		services: services.map(({ name }) => name),
		readAt,
		tookMs: readAt - begun
	};
}

function valid<T>(parsed: { ok: true; value: T } | { ok: false; message: string }): T {
	if (parsed.ok) return parsed.value;
	throw new UpstreamError('bad-request', parsed.message, { status: 400 });
}
