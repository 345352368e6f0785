import { parseArgs } from 'node:util';
import { z } from 'zod';
import { exitWithUsage, wholeNumber } from '../cli.ts';
import { explainFailure } from '../ingress.ts';
import { queryRestate } from '../restate-sql.ts';
import { readSettings } from '../stack/settings.ts';
import { formatTable } from '../table.ts';
import { fillServer } from './fill-server.ts';

const USAGE = `Usage: node scripts/bench/fill.ts [--count N] [--port P]

Fills the running stack's Restate server with invocations of every outcome, to see how the console
does with many. A fill that was cut short goes on where it was when it is run again. Which stack:
NEXUS_DATA and NEXUS_PORT_*, as for npm start.

  --count N   how many invocations, 1 to 5000000 (default 200000)
  --port P    where the filler's own Worker listens meanwhile (default 9095)`;

function readOptions(): { count: number; port: number } {
	try {
		const { values } = parseArgs({
			options: {
				count: { type: 'string', default: '200000' },
				port: { type: 'string', default: '9095' }
			}
		});
		return {
			count: wholeNumber('--count', values.count, 1, 5_000_000),
			port: wholeNumber('--port', values.port, 1, 65_535)
		};
	} catch (error) {
		return exitWithUsage(error, USAGE);
	}
}

const BY_OUTCOME = `SELECT status, coalesce(completion_failure, completion_result, '') AS outcome,
	count(*) AS n FROM sys_invocation_status GROUP BY 1, 2 ORDER BY n DESC LIMIT 30`;
const row = z.object({ status: z.string(), outcome: z.string(), n: z.number() });

const options = readOptions();
try {
	const settings = readSettings();
	const stop = await fillServer({ settings, ...options, say: (text) => console.error(text) });
	await stop();
	const rows = await queryRestate(settings.urls.admin, BY_OUTCOME, row);
	const table = rows.map(({ status, outcome, n }) => [status, outcome, n]);
	console.log(formatTable(['status', 'outcome', 'invocations'], table).join('\n'));
} catch (error) {
	console.error(explainFailure(error));
	process.exitCode = 1;
}
