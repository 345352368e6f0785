import type { ListedInvocation } from '../invocation.ts';
import { parseView } from '../invocation-view.ts';
import type { InvocationView, Position } from '../invocation-view.ts';
import { countInvocations, listInvocations } from './invocation-pages.ts';
import type { StatusCounts } from './invocation-pages.ts';
import { select } from './invocation-selection.ts';
import type { Sources } from './invocation-selection.ts';
import { UpstreamError } from './upstream-error.ts';

/** One reading of the invocation list. */
export interface InvocationList {
	view: InvocationView;
	rows: ListedInvocation[];
	next: Position | null;
	previous: Position | null;
	/** What the page lacks of what was asked for, in words. */
	missing: string[];
	/** Services to choose from. */
	services: string[];
	readAt: number;
	/** What the reading cost, which sets how often it is repeated. */
	tookMs: number;
}

/** Reads the page that a URL asks for. @throws UpstreamError 400 for a URL it cannot read */
export async function readInvocationList(
	sources: Sources,
	params: URLSearchParams
): Promise<InvocationList> {
	const view = viewOf(params);
	const begun = Date.now();
	const services = sources.admin.query<{ name: string }>(
		'SELECT name FROM sys_service ORDER BY name LIMIT 1000'
	);
	const selection = select(sources, view.filter, begun);
	const [{ gone, ...page }, { complete }, names] = await Promise.all([
		selection.then((found) => listInvocations(sources.admin, found, view)),
		selection,
		services
	]);
	const readAt = Date.now();
	return {
		view,
		...page,
		missing: [
			...(gone > 0 ? [`${gone} ended and left Restate while the page was read`] : []),
			...(complete ? [] : ['Only the newest 500 orders are taken into account'])
		],
		services: names.map(({ name }) => name),
		readAt,
		tookMs: readAt - begun
	};
}

/** One counting of what a list's filter matches. */
export interface InvocationCounts {
	counts: StatusCounts;
	readAt: number;
	tookMs: number;
}

/** Counts what a URL's filter matches, by status. @throws UpstreamError 400 for a URL it cannot read */
export async function readInvocationCounts(
	sources: Sources,
	params: URLSearchParams
): Promise<InvocationCounts> {
	const { filter } = viewOf(params);
	const begun = Date.now();
	const counts = await countInvocations(sources.admin, await select(sources, filter, begun));
	const readAt = Date.now();
	return { counts, readAt, tookMs: readAt - begun };
}

/** @throws UpstreamError 400 for a URL it cannot read */
export function viewOf(params: URLSearchParams): InvocationView {
	const parsed = parseView(params);
	if (parsed.ok) return parsed.value;
	throw new UpstreamError('bad-request', parsed.message, { status: 400 });
}
