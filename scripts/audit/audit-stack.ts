import { setTimeout as pause } from 'node:timers/promises';
import { checkIntegrity, DEFAULT_BOUNDS } from '../../shared/integrity.ts';
import type { Bounds, Finding } from '../../shared/integrity.ts';
import type { Settings } from '../stack/settings.ts';
import { until } from '../until.ts';
import { checkChain } from './chain.ts';
import { gatherWorld, readInvocations } from './gather.ts';

/** Longer than a message is on its way from one invocation to the next. */
const BETWEEN_LOOKS_MS = 500;

/**
 * Holds a running stack against the integrity invariants. Its parts cannot be read at one instant,
 * so what looks broken is looked at once more, and only what is still so counts.
 *
 * @throws when a part of the stack cannot be read
 */
export async function auditStack(
	settings: Settings,
	bounds: Bounds = DEFAULT_BOUNDS
): Promise<Finding[]> {
	const look = async () => [
		...checkIntegrity(await gatherWorld(settings), bounds),
		await checkChain(settings)
	];
	const first = await look();
	if (isClean(first)) return first;
	await pause(BETWEEN_LOOKS_MS);
	const second = await look();
	return second.map((finding, index) => ({
		...finding,
		violations: finding.violations.filter(({ subject }) =>
			first[index]?.violations.some((before) => before.subject === subject)
		)
	}));
}

export const isClean = (findings: readonly Finding[]): boolean =>
	findings.every(({ violations }) => violations.length === 0);

/**
 * Waits until nothing is at work any more: every invocation has ended or waits for its time.
 *
 * @throws when something is still at work after a minute, naming it
 */
export async function settled({ urls }: Settings): Promise<void> {
	let quiet = 0;
	let busy: string[] = [];
	const twiceQuiet = async () => {
		const invocations = await readInvocations(urls.admin);
		busy = invocations.map(({ id, service, status }) => `${service} ${id} ${status}`);
		// A message between two invocations is neither for a moment.
		quiet = busy.length === 0 ? quiet + 1 : 0;
		return quiet > 2;
	};
	await until('every invocation to end', twiceQuiet).catch((error: unknown) => {
		throw new Error(['something is still at work', ...busy.slice(0, 10)].join('\n'), {
			cause: error
		});
	});
}
