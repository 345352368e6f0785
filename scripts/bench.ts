import { parseArgs } from 'node:util';
import { describeRows } from './bench/report.ts';
import { benchService } from './bench/service.ts';
import { exitWithUsage, wholeNumber } from './cli.ts';
import { startPrivateStack } from './stack/private-stack.ts';

const USAGE = `Usage: npm run bench [-- --rounds N] [--reserves N] [--checkouts N] [--json]

Measures Nexus beside its floors, on a stack of its own: the built Workers on workerd, and the least
that a service of that shape could do on the same server. Both are measured in turn in each round;
figures are medians, ratios are medians of the rounds' own.

  --rounds N     rounds (default 3)
  --reserves N   reservations in a round (default 2000)
  --checkouts N  checkouts in a round (default 300)
  --json         prints the rows as JSON`;

function readCommand() {
	const { values } = parseArgs({
		options: {
			rounds: { type: 'string', default: '3' },
			reserves: { type: 'string', default: '2000' },
			checkouts: { type: 'string', default: '300' },
			json: { type: 'boolean', default: false }
		}
	});
	return {
		json: values.json,
		rounds: wholeNumber('--rounds', values.rounds, 1, 4),
		reserves: wholeNumber('--reserves', values.reserves, 64, 5_000),
		checkouts: wholeNumber('--checkouts', values.checkouts, 64, 2_000)
	};
}

let command;
try {
	command = readCommand();
} catch (error) {
	exitWithUsage(error, USAGE);
}

const say = (text: string) => console.error(text);
const stack = await startPrivateStack({ onStep: say });
try {
	const rows = await benchService(stack, command, say);
	console.log(command.json ? JSON.stringify(rows, undefined, '\t') : describeRows(rows).join('\n'));
} finally {
	await stack.stop();
}
process.exit(0);
