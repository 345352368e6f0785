import { error, json } from '@sveltejs/kit';
import { isInvocationId } from '$lib/invocation.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readKeptOfInvocation } from '$lib/server/kept-record.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** What D1 still tells of the invocation while Restate does not answer. */
export const GET: RequestHandler = ({ locals, params, platform }) =>
	orErrorPage(locals.requestId, async () => {
		if (!isInvocationId(params.id))
			error(400, { message: `"${params.id}" is not an invocation ID`, code: 'bad-request' });
		const kept = await readKeptOfInvocation(ports(platform), params.id);
		return json(kept, { headers: { 'cache-control': 'no-store' } });
	});
