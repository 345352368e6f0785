import { parseArgs } from 'node:util';
import { auditStack, isClean, settled } from '../audit/audit-stack.ts';
import { exitWithUsage, numberWithin } from '../cli.ts';
import { startPrivateStack } from '../stack/private-stack.ts';
import { runCrowd } from './crowd.ts';
import { describeCrowd, isFlat } from './crowd-report.ts';

const USAGE = `Usage: node scripts/bench/soak.ts [--minutes M] [--rate R] [--json]

A long sale with a handful of viewers and operators on a stack of its own, and the memory of every
process over that time. Then the stack is audited. Ends with status 1 when anything failed, an
invariant is broken, or a process grew.

  --minutes M   how long, 1 to 600 (default 60)
  --rate R      buyers that arrive a second, 0.1 to 100 (default 5)
  --json        prints what was found as JSON`;

function readCommand() {
	const { values } = parseArgs({
		options: {
			minutes: { type: 'string', default: '60' },
			rate: { type: 'string', default: '5' },
			json: { type: 'boolean', default: false }
		}
	});
	return {
		json: values.json,
		minutes: numberWithin('--minutes', values.minutes, 1, 600),
		rate: numberWithin('--rate', values.rate, 0.1, 100)
	};
}

let command;
try {
	command = readCommand();
} catch (error) {
	exitWithUsage(error, USAGE);
}

/** A few who stay, each at a person's pace. */
const STAFF = { viewers: 5, operators: 2, restMs: 5_000 };

const stack = await startPrivateStack({ console: 'build', onStep: (step) => console.error(step) });
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => void stack.stop().finally(() => process.exit(130)));
try {
	const outcome = await runCrowd(stack, { ...STAFF, ...command });
	await settled(stack.settings);
	const findings = await auditStack(stack.settings);
	const audit = isClean(findings) ? 'clean' : JSON.stringify(findings);
	console.log(
		command.json
			? JSON.stringify({ ...outcome, audit }, undefined, '\t')
			: [...describeCrowd(outcome), '', `audit: ${audit}`].join('\n')
	);
	const sound = outcome.sale.ok && outcome.errors.length === 0 && isClean(findings);
	process.exitCode = sound && outcome.memory.every(isFlat) ? 0 : 1;
} finally {
	await stack.stop();
}
process.exit();
