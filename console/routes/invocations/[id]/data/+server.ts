import { error, json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readInvocationDetail } from '$lib/server/invocation-detail.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The invocation's data, for its page to follow it. */
export const GET: RequestHandler = ({ locals, params, platform }) =>
	orErrorPage(locals.requestId, async () => {
		const invocation = await readInvocationDetail(ports(platform), params.id);
		if (!invocation) error(404, { message: 'The invocation is gone', code: 'not-found' });
		return json(invocation, { headers: { 'cache-control': 'no-store' } });
	});
