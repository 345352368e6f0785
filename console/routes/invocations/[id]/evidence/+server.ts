import { error } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { evidenceFile } from '$lib/server/evidence.ts';
import { invocationEvidence } from '$lib/server/evidence-invocation.ts';
import { readInvocationDetail } from '$lib/server/invocation-detail.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** All that is known of the invocation, in one file. */
export const GET: RequestHandler = (event) =>
	orErrorPage(event.locals.requestId, async () => {
		const { id } = event.params;
		const sources = ports(event.platform);
		const detail = await readInvocationDetail(sources, id);
		if (!detail)
			error(404, { message: `Restate knows no invocation ${id}`, code: 'no-invocation' });
		return evidenceFile(
			event,
			{ kind: 'invocation', id },
			invocationEvidence(sources, event.locals.actor, detail)
		);
	});
