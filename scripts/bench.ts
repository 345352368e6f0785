import { parseArgs } from 'node:util';
import type { Group } from './bench/group.ts';
import { GROUPS } from './bench/groups.ts';
import { describeRows } from './bench/report.ts';
import { isMet } from './bench/row.ts';
import type { Row } from './bench/row.ts';
import { exitWithUsage, wholeNumber } from './cli.ts';
import { startPrivateStack } from './stack/private-stack.ts';

const USAGE = `Usage: npm run bench [-- --only NAME[,NAME…]] [--rounds N] [--reserves N] [--checkouts N] [--full]
                       [--json]

Measures Nexus beside its floors, on a stack of its own: the built Workers on workerd, and the least
that a service of that shape could do on the same server. Both are measured in turn in each round;
figures are medians, ratios are medians of the rounds' own. About half an hour in all on an idle
machine, and another for --full.

${GROUPS.map(({ name, title }) => `  ${name.padEnd(13)}  ${title}`).join('\n')}

  --only NAMES   the groups to measure, of those above (default all)
  --rounds N     rounds, 1 to 9 (default 3)
  --reserves N   reservations in a round, 64 to 5000 (default 2000)
  --checkouts N  checkouts in a round, 64 to 2000 (default 300)
  --full         measures the list of 500,000 invocations as well
  --json         prints the rows as JSON; "met" tells whether a row met its goal`;

function readCommand() {
	const { values } = parseArgs({
		options: {
			only: { type: 'string' },
			rounds: { type: 'string', default: '3' },
			reserves: { type: 'string', default: '2000' },
			checkouts: { type: 'string', default: '300' },
			full: { type: 'boolean', default: false },
			json: { type: 'boolean', default: false }
		}
	});
	return {
		json: values.json,
		groups: chosen(values.only),
		full: values.full,
		rounds: wholeNumber('--rounds', values.rounds, 1, 9),
		reserves: wholeNumber('--reserves', values.reserves, 64, 5_000),
		checkouts: wholeNumber('--checkouts', values.checkouts, 64, 2_000)
	};
}

function chosen(only: string | undefined): readonly Group[] {
	if (only === undefined) return GROUPS;
	const names = only.split(',');
	const unknown = names.filter((wanted) => !GROUPS.some(({ name }) => name === wanted));
	if (unknown.length > 0) throw new Error(`There is no group "${unknown.join('", "')}"`);
	return GROUPS.filter(({ name }) => names.includes(name));
}

let command;
try {
	command = readCommand();
} catch (error) {
	exitWithUsage(error, USAGE);
}

const say = (text: string) => console.error(text);
const rows: Row[] = [];
const stack = await startPrivateStack({ console: 'build', onStep: say });
// A stack must not outlive what was to be measured on it.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => void stack.stop().finally(() => process.exit(130)));
try {
	for (const group of command.groups) {
		say(`— ${group.name}: ${group.title}`);
		rows.push(...(await group.run({ ...command, stack, say })));
	}
} finally {
	await stack.stop();
	// What was measured before one group broke off is worth having.
	const judged = rows.map((row) => ({ ...row, met: isMet(row) }));
	console.log(
		command.json ? JSON.stringify(judged, undefined, '\t') : describeRows(rows).join('\n')
	);
}
process.exit(0);
