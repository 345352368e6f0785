import { parseArgs } from 'node:util';
import { exitWithUsage, numberWithin, wholeNumber } from '../cli.ts';
import { startPrivateStack } from '../stack/private-stack.ts';
import { runCrowd } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import { describeCrowd, isFlat } from './crowd-report.ts';

const USAGE = `Usage: node scripts/bench/console-load.ts [--minutes M] [--viewers N] [--operators N] [--rate R] [--json]

A sale on a stack of its own that many watch and many operators work on at once, through the console
alone. Ends with status 1 when any of them met an error, the sale did not add up, or the console's
memory grew.

  --minutes M     how long, 0.2 to 600 (default 3)
  --viewers N     of the event's live seats, 0 to 500 (default 50)
  --operators N   who release seats and look at pages, 0 to 100 (default 20)
  --rate R        buyers that arrive a second, 0.1 to 500 (default 10)
  --json          prints what was found as JSON`;

function readCommand(): Crowd & { json: boolean } {
	const { values } = parseArgs({
		options: {
			minutes: { type: 'string', default: '3' },
			viewers: { type: 'string', default: '50' },
			operators: { type: 'string', default: '20' },
			rate: { type: 'string', default: '10' },
			json: { type: 'boolean', default: false }
		}
	});
	return {
		json: values.json,
		minutes: numberWithin('--minutes', values.minutes, 0.2, 600),
		viewers: wholeNumber('--viewers', values.viewers, 0, 500),
		operators: wholeNumber('--operators', values.operators, 0, 100),
		rate: numberWithin('--rate', values.rate, 0.1, 500),
		restMs: 500
	};
}

let command;
try {
	command = readCommand();
} catch (error) {
	exitWithUsage(error, USAGE);
}

const stack = await startPrivateStack({ console: 'build', onStep: (step) => console.error(step) });
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => void stack.stop().finally(() => process.exit(130)));
try {
	const outcome = await runCrowd(stack, command);
	console.log(
		command.json ? JSON.stringify(outcome, undefined, '\t') : describeCrowd(outcome).join('\n')
	);
	const ofConsole = outcome.memory.filter(({ process }) => process.startsWith('console'));
	process.exitCode =
		outcome.sale.ok && outcome.errors.length === 0 && ofConsole.every(isFlat) ? 0 : 1;
} finally {
	await stack.stop();
}
process.exit();
