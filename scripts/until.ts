import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from './cli.ts';

const POLL_MS = 50;
const PATIENCE_MS = 60_000;

/**
 * Asks until the answer is neither undefined nor false, and returns it. A question that fails, as
 * it does while a server restarts, is asked again.
 *
 * @throws when there is no such answer in time, naming what was waited for and what came last
 */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined | false>,
	patienceMs = PATIENCE_MS
): Promise<T> {
	const deadline = Date.now() + patienceMs;
	for (;;) {
		let problem = '';
		try {
			const answer = await ask();
			if (answer !== undefined && answer !== false) return answer;
		} catch (error) {
			problem = `: ${messageOf(error)}`;
		}
		if (Date.now() > deadline)
			throw new Error(`waited ${patienceMs / 1_000} s in vain for ${what}${problem}`);
		await pause(POLL_MS);
	}
}
