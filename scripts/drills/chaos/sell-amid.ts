import { seededRandom } from '../../random.ts';
import type { DrillOptions } from '../drill.ts';
import type { Evidence } from '../evidence.ts';
import type { Site } from '../site.ts';
import { buyers, read } from './buyers.ts';
import type { Crowd } from './buyers.ts';
import { judge } from './judge.ts';
import { Notebook, clock } from './notebook.ts';
import { operators } from './operators.ts';
import { recover } from './recover.ts';

/** How long holds last in these runs, so that many lapse. */
export const HOLD_MS = 10_000;
const SEATS = 120;
const BUYERS = 16;
const OPERATORS = 2;

/** A run as those see it who disturb it. */
export interface Run {
	notebook: Notebook;
	/** Whether the time is up. */
	over: () => boolean;
	halfWay: () => boolean;
}

/**
 * Sells seats that many want, and that operators keep giving back, while something is disturbed.
 * When the time is up and all has come to its end, says what the run came to.
 */
export async function sellAmid(
	site: Site,
	{ minutes, seed }: Pick<DrillOptions, 'minutes' | 'seed'>,
	disturb: (run: Run) => Promise<unknown>,
	/** What else is to be looked at once all has come to its end. */
	lookAfter: (notebook: Notebook) => Promise<Evidence[]> = () => Promise.resolve([])
): Promise<Evidence[]> {
	const notebook = new Notebook();
	const ends = clock() + minutes * 60_000;
	let disturbing = true;
	const over = () => clock() > ends;
	const halfWay = () => clock() > ends - minutes * 30_000;
	const seats = await site.freshSeats(SEATS);
	const crowd = (stream: number): Crowd => ({
		site,
		notebook,
		seats,
		random: seededRandom(seed * 1_000 + stream),
		over: () => over() && !disturbing
	});
	await Promise.all([
		...Array.from({ length: BUYERS }, (_, line) => buyers(crowd(line), line)),
		...Array.from({ length: OPERATORS }, (_, line) => operators(crowd(100 + line))),
		disturb({ notebook, over, halfWay }).finally(() => {
			disturbing = false;
		})
	]);
	await recover(site);
	const last = crowd(200);
	for (const seat of seats) await read(last, seat);
	return [...judge(notebook, HOLD_MS, seed), ...(await lookAfter(notebook))];
}
