import { error } from '@sveltejs/kit';
import { isInvocationId } from '$lib/invocation.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readInvocationDetail } from '$lib/server/invocation-detail.ts';
import { ports } from '$lib/server/ports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, platform }) =>
	orErrorPage(locals.requestId, async () => {
		const { requestId } = locals;
		if (!isInvocationId(params.id))
			error(400, {
				message: `"${params.id}" is not an invocation ID: one looks like inv_1hhQ7UzvcB1W6uqI…`,
				code: 'bad-request',
				requestId
			});
		const detail = await readInvocationDetail(ports(platform), params.id);
		if (!detail) error(404, { message: unknown(params.id), code: 'no-invocation', requestId });
		return { detail };
	});

const unknown = (id: string): string =>
	`Restate knows no invocation ${id}. It forgets one a while after it has ended, usually a day`;
