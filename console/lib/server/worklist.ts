import type { D1Database } from '@cloudflare/workers-types';
import { findWork } from '../worklist/find-work.ts';
import type { Thresholds, WorkFacts } from '../worklist/facts.ts';
import type { WorkItem } from '../worklist/item.ts';
import type { Ports } from './ports.ts';
import { byCost, singleFlight } from './single-flight.ts';
import { UpstreamError } from './upstream-error.ts';
import { gatherFacts } from './worklist-facts.ts';
import type { Gap } from './worklist-facts.ts';
import { GatewayDesk, MAX_ASKED } from './worklist-gateway.ts';
import { readSeats, readSettlers } from './worklist-restate.ts';
import { Sweep } from './worklist-sweep.ts';
import type { Coverage } from './worklist-sweep.ts';

/** What the rules find in one reading. */
export interface WorkReading {
	at: number;
	tookMs: number;
	/** The worst first. */
	items: WorkItem[];
	gaps: Gap[];
	/** Null when sold seats could not be compared with orders. */
	coverage: Coverage | null;
}

type Sources = Pick<Ports, 'admin' | 'nexus'>;

/** However many look, an isolate reads this often, and a tenth of the time at most. */
const FRESH_MS = 3000;
/** A gateway that does not answer takes a reading this long. */
const LOST_MS = 15_000;

const sweep = new Sweep();
const desk = new GatewayDesk();
let reader: (() => Promise<WorkReading>) | undefined;

/** What needs a person, a few seconds old at most. It names buyers: mask it before it is shown. */
export function readWork(
	sources: Sources,
	db: D1Database,
	thresholds: Thresholds
): Promise<WorkReading> {
	reader ??= singleFlight(() => take(sources, db, thresholds), {
		freshMs: (reading) => byCost(FRESH_MS)(reading, reading.tookMs),
		lostMs: LOST_MS
	});
	return reader();
}

async function take(
	{ admin, nexus }: Sources,
	db: D1Database,
	thresholds: Thresholds
): Promise<WorkReading> {
	const { facts, gaps, coverage, tookMs } = await gatherFacts(admin, db, sweep, thresholds);
	const begun = Date.now();
	const { known, due } = desk.recall([...facts.doubtful], begun);
	const suspects = moneyCases({ ...facts, money: known, settlers: NO_SETTLERS }, thresholds);
	// Whatever will be shown is asked about again; the rest of the round goes to what is due.
	const answers = await desk.ask(nexus, [...suspects, ...due]);
	for (const id of suspects) if (!answers.has(id)) known.delete(id);
	const money = new Map([...known, ...answers]);
	const cases = moneyCases({ ...facts, money, settlers: NO_SETTLERS }, thresholds);
	const looked = await lookInto(admin, facts, cases, gaps);
	const silent = [...answers.values()].find((answer) => !answer.ok);
	if (silent?.ok === false) gaps.push({ source: 'Payment gateway', message: silent.message });
	const left = due.filter((id) => !answers.has(id)).length;
	if (left > 0)
		gaps.push({
			source: 'Payment gateway',
			message: `${left} more orders are to be asked about, ${MAX_ASKED} at a time`
		});
	return {
		at: facts.readAt,
		tookMs: tookMs + Date.now() - begun,
		items: findWork({ ...facts, money, ...looked }, thresholds),
		gaps,
		coverage
	};
}

/** The orders in doubt that something is found about. */
const moneyCases = (facts: WorkFacts, thresholds: Thresholds): string[] => [
	...new Set(
		findWork(facts, thresholds)
			.flatMap((item) => [item, ...item.also])
			.flatMap(({ orders }) => orders)
			.filter((id) => facts.doubtful.has(id))
	)
];

/** What is read of the cases alone: the seats of refunded orders, and what may settle the money. */
async function lookInto(
	admin: Sources['admin'],
	{ orders, seats }: Pick<WorkFacts, 'orders' | 'seats'>,
	cases: readonly string[],
	gaps: Gap[]
): Promise<Pick<WorkFacts, 'seats' | 'settlers'>> {
	const known = new Set(seats.map(({ key }) => key));
	const missing = cases
		.flatMap((id) => orders.get(id)?.seats ?? [])
		.filter((key) => !known.has(key));
	try {
		const [more, settlers] = await Promise.all([
			readSeats(admin, missing),
			readSettlers(admin, cases)
		]);
		return { seats: [...seats, ...more], settlers };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		gaps.push({ source: 'Seats of these orders', message: error.message });
		return { seats, settlers: NO_SETTLERS };
	}
}

const NO_SETTLERS: WorkFacts['settlers'] = new Map();
