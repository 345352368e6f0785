import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLinearizable } from '../../linearizability/check.ts';
import { minimise } from '../../linearizability/minimise.ts';
import { seatRegister } from '../../linearizability/seat-register.ts';
import { holds, same } from '../evidence.ts';
import type { Evidence } from '../evidence.ts';
import { seatHistories } from './calls.ts';
import type { Call } from './calls.ts';
import type { Notebook } from './notebook.ts';

/**
 * What a run came to: whether every call was answered, and whether what the callers were told of
 * each seat is what a single register could have told. The calls of seats for which it is not are
 * written to a file, with the least of them that is impossible. A run that sold nothing, disturbed
 * nothing, or whose operators were turned away would prove nothing, and fails as well.
 */
export function judge(notebook: Notebook, holdMs: number, seed: number): Evidence[] {
	const { calls, problems } = notebook;
	const broken = [...seatHistories(calls, holdMs)].flatMap(([seat, history]) => {
		const verdict = checkLinearizable(seatRegister, history);
		if (verdict.linearizable) return [];
		return [{ seat, least: minimise(seatRegister, history), verdict }];
	});
	const ofBroken = (call: Call): boolean =>
		broken.some(({ seat }) => ('seat' in call ? call.seat === seat : call.seats.includes(seat)));
	if (broken.length > 0)
		writeFileSync(
			join(tmpdir(), `nexus-chaos-${seed}.json`),
			JSON.stringify({ broken, calls: calls.filter(ofBroken) }, undefined, '\t')
		);
	const checkouts = notebook.countsOf('checkout ');
	const acts = notebook.countsOf('operator ');
	const faults = notebook.countsOf('fault ');
	return [
		holds('answer', 'checkouts', checkouts, (checkouts['200'] ?? 0) > 0),
		holds('answer', 'operators', acts, Object.keys(acts).some(isDone)),
		same('answer', 'operators turned away', Object.keys(acts).filter(isTurnedAway), []),
		holds('answer', 'faults', faults, Object.keys(faults).length > 0),
		same('answer', 'not answered', problems.slice(0, 5), []),
		same(
			'seat',
			'histories that no register could have',
			broken.map(({ seat }) => seat),
			[]
		)
	];
}

/** Of what operators did: `refund 200` and the like. */
const isDone = (act: string): boolean => act.endsWith(' 200');
const isTurnedAway = (act: string): boolean => /40[013]$/.test(act);
