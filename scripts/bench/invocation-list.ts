import { parseArgs } from 'node:util';
import { z } from 'zod';
import { exitWithUsage } from '../cli.ts';
import { explainFailure } from '../ingress.ts';
import { queryRestate } from '../restate-sql.ts';
import { readSettings } from '../stack/settings.ts';
import { formatTable } from '../table.ts';
import { measureFirstRows, measurePages } from './list-measures.ts';

const USAGE = `Usage: node scripts/bench/invocation-list.ts [--json]

Measures the console's list of invocations on the running stack, beside the UI that Restate brings
with it, on the same data and in the same browser run: a cold first row, the 100th page beside the
first, and the JavaScript that the page loads. Fill the stack first: node scripts/bench/fill.ts.
Ends with status 1 when a bound is not kept. Which stack: NEXUS_DATA and NEXUS_PORT_*.

  --json   the measures as JSON`;

/** What the list must keep to. */
const BOUNDS = { firstRowRatio: 1 / 5, pageRatio: 1.3, scriptBytes: 150_000 };

function readJsonFlag(): boolean {
	try {
		return parseArgs({ options: { json: { type: 'boolean', default: false } } }).values.json;
	} catch (error) {
		return exitWithUsage(error, USAGE);
	}
}

async function measure() {
	const settings = readSettings();
	const [counted] = await queryRestate(
		settings.urls.admin,
		'SELECT count(*) AS n FROM sys_invocation_status',
		z.object({ n: z.number() })
	);
	const { console: own, builtIn, scriptBytes } = await measureFirstRows(settings);
	const pages = await measurePages(settings);
	const firstRow = { console: own, builtIn, ratio: own.median / builtIn.median };
	const page = { ...pages, ratio: pages.hundredth.median / pages.first.median };
	const kept =
		firstRow.ratio <= BOUNDS.firstRowRatio &&
		page.ratio <= BOUNDS.pageRatio &&
		scriptBytes <= BOUNDS.scriptBytes;
	return { invocations: counted?.n ?? 0, firstRow, page, scriptBytes, bounds: BOUNDS, kept };
}

type Measures = Awaited<ReturnType<typeof measure>>;

function describe({ invocations, firstRow, page, scriptBytes }: Measures): string[] {
	const ratio = (value: number) => value.toFixed(2);
	return [
		`on ${invocations.toLocaleString('en')} invocations`,
		...formatTable(
			['measure', 'median', 'all rounds', 'ratio', 'bound'],
			[
				[
					'first row, console',
					`${firstRow.console.median} ms`,
					firstRow.console.all.join(' '),
					'',
					''
				],
				[
					'first row, built-in UI',
					`${firstRow.builtIn.median} ms`,
					firstRow.builtIn.all.join(' '),
					ratio(firstRow.ratio),
					ratio(BOUNDS.firstRowRatio)
				],
				['first page', `${page.first.median} ms`, page.first.all.join(' '), '', ''],
				[
					'100th page',
					`${page.hundredth.median} ms`,
					page.hundredth.all.join(' '),
					ratio(page.ratio),
					ratio(BOUNDS.pageRatio)
				],
				[
					'JavaScript, gzip',
					`${(scriptBytes / 1000).toFixed(1)} kB`,
					'',
					'',
					`${BOUNDS.scriptBytes / 1000} kB`
				]
			]
		)
	];
}

const json = readJsonFlag();
try {
	const measures = await measure();
	console.log(json ? JSON.stringify(measures, undefined, '\t') : describe(measures).join('\n'));
	process.exitCode = measures.kept ? 0 : 1;
} catch (error) {
	console.error(explainFailure(error));
	process.exitCode = 1;
}
