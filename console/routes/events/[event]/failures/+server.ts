import { error, json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { readSpan } from '$lib/server/span.ts';
import { readFailedInvocations, readStepFailures } from '$lib/server/step-failures.ts';
import { veilOf } from '$lib/server/veil.ts';
import { readStep, SALE_STEPS } from '$lib/step-failures.ts';
import type { FailureReport } from '$lib/step-failures.ts';
import type { RequestHandler } from './$types';

const LISTED = 50;

/** How often each step failed for the event; with `failed=` also which invocations did there. */
export const GET: RequestHandler = async ({ locals, params, platform, url }) => {
	const range = { ...readSpan(url.searchParams), eventId: params.event };
	const db = envOf(platform).DB;
	const asked = url.searchParams.get('failed');
	const step = readStep(asked);
	if (asked !== null && step === null)
		error(400, `"${asked}" is not a step; use one of ${SALE_STEPS.join(', ')}`);
	const [steps, invocations] = await orErrorPage(locals.requestId, () =>
		Promise.all([
			readStepFailures(db, range),
			step && readFailedInvocations(db, range, step, LISTED)
		])
	);
	const report: FailureReport = { steps, invocations };
	return json(veilOf(platform).over(report));
};
