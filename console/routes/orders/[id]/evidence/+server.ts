import { error } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { evidenceFile } from '$lib/server/evidence.ts';
import { orderEvidence } from '$lib/server/evidence-order.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** All that is known of the order, in one file. */
export const GET: RequestHandler = (event) =>
	orErrorPage(event.locals.requestId, async () => {
		const { id } = event.params;
		const sources = ports(event.platform);
		const order = await sources.orders.byId(id);
		if (!order) error(404, { message: `There is no order "${id}"`, code: 'not-found' });
		return evidenceFile(
			event,
			{ kind: 'order', id },
			orderEvidence(sources, event.locals.actor, order)
		);
	});
