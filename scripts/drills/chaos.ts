import { seededRandom } from '../random.ts';
import { faults } from './chaos/faults.ts';
import { HOLD_MS, sellAmid } from './chaos/sell-amid.ts';
import { stillShown, viewers } from './chaos/viewers.ts';
import type { Drill } from './drill.ts';

const VIEWERS = 3;

/**
 * Random faults during a sale whose seats many want and operators keep giving back. Afterwards
 * every call must have had an answer, the audit must hold, what the callers were told of each seat
 * must be linearizable, and the console must show the seats.
 */
export const chaos: Drill = {
	name: 'chaos',
	title: 'Random faults, cancels, kills, releases and refunds amid a sale (--minutes, --seed)',
	expected: 'every call is answered, and each seat’s history is one a single register could have',
	vars: { NEXUS_HOLD_MS: String(HOLD_MS) },
	console: true,
	run: (site, { minutes, seed }) =>
		sellAmid(
			site,
			{ minutes, seed },
			({ notebook, over, halfWay }) =>
				Promise.all([
					faults(site, notebook, seededRandom(seed), over, halfWay),
					...Array.from({ length: VIEWERS }, () => viewers(site, notebook, over))
				]),
			async (notebook) => [await stillShown(site, notebook)]
		)
};
