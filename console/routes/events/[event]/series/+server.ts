import { error, json } from '@sveltejs/kit';
import { SERIES_STEPS } from '$shared/occupancy.ts';
import type { SeriesStep } from '$shared/occupancy.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import { readSpan } from '$lib/server/span.ts';
import type { RequestHandler } from './$types';

/** The event's occupancy over time: counts at the end of each step, transitions within it. */
export const GET: RequestHandler = async ({ locals, params, platform, url }) => {
	const { occupancy } = ports(platform);
	const step = readStep(url.searchParams.get('step'));
	const range = { ...readSpan(url.searchParams), ...(step ? { step } : {}) };
	const series = orErrorPage(locals.requestId, () => occupancy.series(params.event, range));
	return json(await series);
};

function readStep(text: string | null): SeriesStep | undefined {
	if (text === null) return undefined;
	const step = SERIES_STEPS.find((each) => String(each) === text);
	if (step === undefined) error(400, `Give ?step= as one of ${SERIES_STEPS.join(', ')} seconds`);
	return step;
}
