import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLinearizable } from '../linearizability/check.ts';
import { seatRegister } from '../linearizability/seat-register.ts';
import { seededRandom } from '../random.ts';
import { buyers, read } from './chaos/buyers.ts';
import type { Crowd } from './chaos/buyers.ts';
import { seatHistories } from './chaos/calls.ts';
import type { Call } from './chaos/calls.ts';
import { faults } from './chaos/faults.ts';
import { Notebook, clock } from './chaos/notebook.ts';
import { operators } from './chaos/operators.ts';
import { recover } from './chaos/recover.ts';
import { viewers } from './chaos/viewers.ts';
import type { Drill } from './drill.ts';
import { holds, same } from './evidence.ts';
import type { Evidence } from './evidence.ts';

const HOLD_MS = 10_000;
const SEATS = 120;
const BUYERS = 16;
const OPERATORS = 2;
const VIEWERS = 3;

/**
 * Random faults during a sale whose seats many want and operators keep giving back. Afterwards
 * every call must have had an answer, the audit must hold, and what the callers were told of each
 * seat must be linearizable.
 */
export const chaos: Drill = {
	name: 'chaos',
	title: 'Random faults, cancels, kills, releases and refunds amid a sale (--minutes, --seed)',
	expected: 'every call is answered, and each seat’s history is one a single register could have',
	vars: { NEXUS_HOLD_MS: String(HOLD_MS) },
	console: true,
	run: async (site, { minutes, seed }) => {
		const notebook = new Notebook();
		const began = clock();
		const durationMs = minutes * 60_000;
		const over = () => clock() - began > durationMs;
		const halfWay = () => clock() - began > durationMs / 2;
		const seats = await site.freshSeats(SEATS);
		const crowd = (stream: number): Crowd => ({
			site,
			notebook,
			seats,
			random: seededRandom(seed * 1_000 + stream),
			over
		});
		await Promise.all([
			...Array.from({ length: BUYERS }, (_, line) => buyers(crowd(line), line)),
			...Array.from({ length: OPERATORS }, (_, line) => operators(crowd(100 + line))),
			...Array.from({ length: VIEWERS }, () => viewers(site, over)),
			faults(site, notebook, seededRandom(seed), over, halfWay)
		]);
		await recover(site);
		const last = crowd(200);
		for (const seat of seats) await read(last, seat);
		return judge(notebook, seed);
	}
};

function judge(notebook: Notebook, seed: number): Evidence[] {
	const { calls, problems } = notebook;
	const broken = [...seatHistories(calls, HOLD_MS)].flatMap(([seat, history]) => {
		const verdict = checkLinearizable(seatRegister, history);
		return verdict.linearizable ? [] : [{ seat, verdict }];
	});
	const ofBroken = (call: Call): boolean =>
		broken.some(({ seat }) => ('seat' in call ? call.seat === seat : call.seats.includes(seat)));
	if (broken.length > 0)
		writeFileSync(
			join(tmpdir(), `nexus-chaos-${seed}.json`),
			JSON.stringify({ broken, calls: calls.filter(ofBroken) }, undefined, '\t')
		);
	return [
		holds('answer', 'checkouts', notebook.countsOf('checkout '), calls.length > 0),
		holds('answer', 'operators', notebook.countsOf('operator '), true),
		holds('answer', 'faults', notebook.countsOf('fault '), true),
		same('answer', 'not answered', problems.slice(0, 5), []),
		same(
			'seat',
			'histories that no register could have',
			broken.map(({ seat }) => seat),
			[]
		)
	];
}
