import { envOf } from './platform-env.ts';
import { sharedPorts } from './ports.ts';
import { UpstreamError } from './upstream-error.ts';
import { veilOf } from './veil.ts';
import { readMarks } from './worklist-marks.ts';
import { readWork } from './worklist.ts';
import type { WorkReading } from './worklist.ts';
import { readThresholds } from '../worklist/facts.ts';
import { standingOf } from '../worklist/marks.ts';
import type { Mark } from '../worklist/marks.ts';
import { matchesWork, parseWorkFilter } from '../worklist/work-filter.ts';
import type { WorkFilter } from '../worklist/work-filter.ts';
import { countKinds, countSoldTwice, countWork, distinct, isOpen } from '../worklist/worklist.ts';
import type { MarkedItem, WorkCount, Worklist } from '../worklist/worklist.ts';

/** More than anybody works through; a file has them all. */
const SHOWN = 200;

/** The worklist that an address asks for. @throws UpstreamError 400 for one it cannot read */
export async function readWorklist(
	platform: App.Platform | undefined,
	me: string,
	params: URLSearchParams
): Promise<Worklist> {
	const filter = readWorkFilter(params);
	const { reading, items, gaps } = await readMarked(platform);
	const matching = items.filter(matchesWork(filter, me));
	const open = items.filter(isOpen);
	return {
		filter,
		me,
		items: matching.slice(0, SHOWN),
		more: Math.max(0, matching.length - SHOWN),
		count: countWork(items, me),
		aside: items.length - open.length,
		byKind: countKinds(items),
		soldTwice: countSoldTwice(items),
		people: distinct(items.map(({ standing }) => standing.assignee)),
		events: distinct(items.flatMap(({ events }) => events)),
		gaps,
		coverage: reading.coverage,
		at: reading.at,
		tookMs: reading.tookMs
	};
}

/** Every item that matches, for a file. */
export async function readWorkItems(
	platform: App.Platform | undefined,
	me: string,
	filter: WorkFilter
): Promise<MarkedItem[]> {
	return (await readMarked(platform)).items.filter(matchesWork(filter, me));
}

/** What the menu shows. */
export const readWorkCount = async (
	platform: App.Platform | undefined,
	me: string
): Promise<WorkCount> => countWork((await readMarked(platform)).items, me);

/** The filter of an address. @throws UpstreamError 400 for one it cannot read */
export function readWorkFilter(params: URLSearchParams): WorkFilter {
	const parsed = parseWorkFilter(params);
	if (parsed.ok) return parsed.value;
	throw new UpstreamError('bad-request', parsed.message, { status: 400 });
}

/** An item as it is found now, with what is said of it; undefined when it is found no more. */
export const findMarked = async (
	platform: App.Platform | undefined,
	id: string
): Promise<MarkedItem | undefined> =>
	(await readMarked(platform)).items.find((item) => item.id === id);

interface Marked {
	reading: WorkReading;
	items: MarkedItem[];
	gaps: Worklist['gaps'];
}

/** The marks are read for each request: who assigns something sees it at once. */
async function readMarked(platform: App.Platform | undefined): Promise<Marked> {
	const { DB, WORKLIST_THRESHOLDS } = envOf(platform);
	const veil = veilOf(platform);
	const reading = await readWork(sharedPorts(platform), DB, readThresholds(WORKLIST_THRESHOLDS));
	const gaps = [...reading.gaps];
	const marks = await readMarks(
		DB,
		reading.items.map(({ id }) => id)
	).catch((error: unknown): Map<string, Mark[]> => {
		if (!(error instanceof UpstreamError)) throw error;
		gaps.push({ source: 'Who works on what', message: error.message });
		return new Map();
	});
	const now = Date.now();
	// Many share the reading: each reader gets it as they may see it.
	const items = reading.items.map((item) =>
		veil.over({ ...item, standing: standingOf(item, marks.get(item.id) ?? [], now) })
	);
	return { reading, items, gaps };
}
