import { error, redirect } from '@sveltejs/kit';
import { invocationIdOf, isOrderId } from '$shared/order.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readInvocationDetail } from '$lib/server/invocation-detail.ts';
import { readOrderCase } from '$lib/server/order-case.ts';
import { ports } from '$lib/server/ports.ts';
import { urls } from '$lib/urls.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params: { id }, platform }) =>
	orErrorPage(locals.requestId, async () => {
		if (!isOrderId(id))
			error(400, {
				message: `"${id}" is not an order ID: one is ord_ and letters and digits`,
				code: 'bad-request'
			});
		const sources = ports(platform);
		const reading = await readOrderCase(sources, locals.actor, id);
		if (!reading) {
			// A checkout that found its seats taken never became an order; it says so itself.
			const checkout = invocationIdOf(id);
			if (await readInvocationDetail(sources, checkout)) redirect(303, urls.invocation(checkout));
			error(404, {
				message:
					`There is no order "${id}". An order is on record from the moment its buyer begins ` +
					'to pay; search for the buyer, the seat or the payment instead.',
				code: 'not-found'
			});
		}
		return { reading };
	});
