import { parseArgs } from 'node:util';
import { exitWithUsage } from './cli.ts';
import { importPlan, type ImportOptions } from './event/import.ts';
import { listEvents } from './event/list.ts';
import { explainFailure } from './ingress.ts';
import { readSettings } from './stack/settings.ts';

const USAGE = `Usage: npm run event -- import PLAN --id E --name "..." [--prices FILE] [--currency eur] [--lenient]
       npm run event -- list

import publishes a seating plan in pretix's JSON schema as an event, or as a new revision of one.

  --id E           the event's ID: 1 to 64 of A-Z a-z 0-9 . _ -
  --name "..."     the event's name
  --prices FILE    prices by category (default <PLAN without .json>.prices.json when it is there)
  --currency eur   three letters; overrides the prices file
  --lenient        drop keys that the schema does not know, instead of refusing them`;

type Command = { name: 'list' } | { name: 'import'; options: ImportOptions };

function readCommand(): Command {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			id: { type: 'string' },
			name: { type: 'string' },
			prices: { type: 'string' },
			currency: { type: 'string' },
			lenient: { type: 'boolean' }
		}
	});
	const [name, plan, ...rest] = positionals;
	if (name === undefined) throw new Error('Say what to do: import or list');
	if (name !== 'import' && name !== 'list') throw new Error(`"${name}" is neither import nor list`);
	const extra = name === 'list' ? positionals[1] : rest[0];
	if (extra !== undefined) throw new Error(`"${extra}" is one argument too many`);
	if (name === 'list') return { name };
	if (plan === undefined) throw new Error('Name the PLAN to import');
	if (!values.id) throw new Error('--id is missing');
	if (!values.name) throw new Error('--name is missing');
	const { id, currency, prices } = values;
	const mode = values.lenient ? 'lenient' : 'strict';
	return { name, options: { plan, id, name: values.name, currency, prices, mode } };
}

let command: Command;
try {
	command = readCommand();
} catch (error) {
	exitWithUsage(error, USAGE);
}
try {
	const settings = readSettings();
	const lines =
		command.name === 'list'
			? await listEvents(settings)
			: await importPlan(settings, command.options, (warning) => console.warn(warning));
	console.log(lines.join('\n'));
} catch (error) {
	console.error(explainFailure(error));
	process.exit(1);
}
