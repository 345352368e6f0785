import { parseArgs } from 'node:util';
import { exitWithUsage, numberWithin, wholeNumber } from './cli.ts';
import { DRILLS } from './drills/index.ts';
import { DEFAULT_OPTIONS } from './drills/drill.ts';
import type { Drill, DrillOptions } from './drills/drill.ts';
import { describeResult, describeTotal } from './drills/report.ts';
import { runDrill } from './drills/run.ts';
import type { DrillResult } from './drills/run.ts';

const USAGE = `Usage: npm run drill [-- NAME...] [--json] [--buyers N]

Stages faults, each on a stack of its own, and checks what comes of them against the ledger, the
seats, the journal and the integrity invariants. Ends with status 1 when a drill fails. All run
unless some are named:

${DRILLS.map(({ name, title }) => `  ${name.padEnd(20)} ${title}`).join('\n')}

  --buyers N   buyers in the crowd of hot-seat, 2 to 2000 (default 100)
  --minutes M  how long chaos and cluster-node-kill go on, 0.1 to 600 (default 0.5)
  --seed S     what its faults are drawn from (default 1)
  --json       print [{name, passed, expected, observed, durationMs}]`;

interface Command extends DrillOptions {
	drills: readonly Drill[];
	json: boolean;
}

function readCommand(): Command {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			json: { type: 'boolean', default: false },
			buyers: { type: 'string', default: String(DEFAULT_OPTIONS.buyers) },
			minutes: { type: 'string', default: String(DEFAULT_OPTIONS.minutes) },
			seed: { type: 'string', default: String(DEFAULT_OPTIONS.seed) }
		}
	});
	const unknown = positionals.filter((wanted) => !DRILLS.some(({ name }) => name === wanted));
	if (unknown.length > 0) throw new Error(`There is no drill "${unknown.join('", "')}"`);
	return {
		drills: DRILLS.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
		json: values.json,
		buyers: wholeNumber('--buyers', values.buyers, 2, 2_000),
		minutes: numberWithin('--minutes', values.minutes, 0.1, 600),
		seed: wholeNumber('--seed', values.seed, 0, 1_000_000)
	};
}

let command: Command;
try {
	command = readCommand();
} catch (error) {
	exitWithUsage(error, USAGE);
}

// A stack must not outlive its drill: an interrupt ends the drill, which stops it, and then the run.
const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => abort.abort());

const results: DrillResult[] = [];
for (const drill of command.drills) {
	const result = await runDrill(drill, command, abort.signal);
	if (abort.signal.aborted) process.exit(130);
	results.push(result);
	if (!command.json) console.log(describeResult(drill, result).join('\n'));
}
console.log(command.json ? JSON.stringify(results, undefined, '\t') : describeTotal(results));
process.exit(results.every(({ passed }) => passed) ? 0 : 1);
