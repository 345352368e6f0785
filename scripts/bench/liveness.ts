import { parseArgs } from 'node:util';
import { launchBrowser } from '../browser/launch.ts';
import { exitWithUsage, wholeNumber } from '../cli.ts';
import { startPrivateStack } from '../stack/private-stack.ts';
import { formatTable } from '../table.ts';
import { SEATS } from '../venue/generate.ts';
import { measureLiveness } from './liveness/measure.ts';
import type { Liveness, LivenessOptions, Spread } from './liveness/measure.ts';

const USAGE = `Usage: node scripts/bench/liveness.ts [--seats N] [--probes N] [--rate R]
       [--seed S] [--json]

Measures how soon a seat's change is on the screen of those who watch a sale: from the service's
answer to a reserve until the seat has another colour on the map's canvas. Counts how often the seats
are read for one viewer and for two, and how the pages get over a kill of restate-server.

  --seats N   seats of the venue, ${SEATS.min} to ${SEATS.max} (default 20000)
  --probes N  reserves to measure with one viewer, and again with two (default 100)
  --rate R    buyers who arrive a second (default: as fast as the service takes them)
  --seed S    repeats the choice of seats (default 1)
  --json      prints JSON instead of tables`;

function readArguments(): LivenessOptions & { json: boolean } {
	const { values } = parseArgs({
		options: {
			seats: { type: 'string', default: '20000' },
			probes: { type: 'string', default: '100' },
			rate: { type: 'string' },
			seed: { type: 'string', default: '1' },
			json: { type: 'boolean', default: false }
		}
	});
	return {
		seats: wholeNumber('--seats', values.seats, SEATS.min, SEATS.max),
		probes: wholeNumber('--probes', values.probes, 1, 10_000),
		rate: values.rate === undefined ? null : wholeNumber('--rate', values.rate, 1, 10_000),
		seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
		json: values.json
	};
}

async function measure(options: LivenessOptions): Promise<Liveness> {
	const onStep = (step: string) => console.error(step);
	const stack = await startPrivateStack({ console: 'build', onStep });
	try {
		const browser = await launchBrowser();
		try {
			return await measureLiveness(stack, browser, options, onStep);
		} finally {
			await browser.close();
		}
	} finally {
		await stack.stop();
	}
}

const cells = ({ samples, p50, p95, max }: Spread) => [samples, p50, p95, max].map(Math.round);

function describe({ seats, sale, phases, latencyMs, recovery }: Liveness): string[] {
	return [
		`${seats.toLocaleString('en')} seats, a sale of ${sale.seatsPerSecond.toFixed(1)} seats/s`,
		'',
		...formatTable(
			['Viewers', 'Seen changes', 'p50 ms', 'p95 ms', 'max ms', 'scans/s', 'load'],
			[
				...phases.map(({ viewers, latencyMs, scansPerSecond, loadPerProcessor }) => [
					viewers,
					...cells(latencyMs),
					scansPerSecond.toFixed(2),
					loadPerProcessor.toFixed(1)
				]),
				['all', ...cells(latencyMs), '', '']
			]
		),
		'',
		...formatTable(
			['After a kill of restate-server', 'live again after ms', 'reloaded'],
			recovery.map(({ viewer, liveAfterMs, reloaded }) => [
				`viewer ${viewer}`,
				liveAfterMs,
				reloaded ? 'yes' : 'no'
			])
		)
	];
}

let options: ReturnType<typeof readArguments>;
try {
	options = readArguments();
} catch (error) {
	exitWithUsage(error, USAGE);
}
const found = await measure(options);
console.log(options.json ? JSON.stringify(found, undefined, '\t') : describe(found).join('\n'));
