import { MAX_BULK } from '$shared/change.ts';
import { isInvocationId } from '../invocation.ts';
import type { InvocationStatus } from '../invocation.ts';
import { parseFilter } from '../invocation-filter.ts';
import type { Chosen } from '../preview/bulk.ts';
import { choose, chooseAmong } from './invocation-list-sql.ts';
import { select } from './invocation-selection.ts';
import type { Sources } from './invocation-selection.ts';
import { UpstreamError } from './upstream-error.ts';

/** Which invocations a bulk change is about: settled once, as IDs, before anybody decides. */

const TIMEOUT_MS = 20_000;

/**
 * Those that were chosen one by one, or all that match a filter just now, with how each is. One more
 * than a job takes tells that there are too many.
 *
 * @throws UpstreamError 400 for IDs or a filter that cannot be read
 */
export async function chosenInvocations(
	sources: Sources,
	params: URLSearchParams
): Promise<Chosen[]> {
	if (params.get('all') !== 'on') {
		const ids = [...new Set(params.getAll('id'))];
		const unknown = ids.find((id) => !isInvocationId(id));
		if (unknown !== undefined) throw bad(`"${unknown}" is not an invocation ID`);
		return ids.length === 0 ? [] : read(sources, chooseAmong(ids.slice(0, MAX_BULK + 1)));
	}
	const parsed = parseFilter(params);
	if (!parsed.ok) throw bad(parsed.message);
	const selection = await select(sources, parsed.value);
	if (!selection.complete)
		throw bad('So many orders match that not all of them are known: name the invocations closer');
	return read(sources, choose(selection, MAX_BULK + 1));
}

const read = ({ admin }: Sources, sql: string): Promise<Chosen[]> =>
	admin.query<{ id: string; status: InvocationStatus }>(sql, { timeoutMs: TIMEOUT_MS });

const bad = (message: string): UpstreamError =>
	new UpstreamError('bad-request', message, { status: 400 });
