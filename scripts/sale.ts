import { exitWithUsage } from './cli.ts';
import { explainFailure } from './ingress.ts';
import { readOptions, USAGE, type SaleOptions } from './sale/options.ts';
import { describe } from './sale/outcome.ts';
import { runSale } from './sale/run.ts';
import { readSettings } from './stack/settings.ts';

let options: SaleOptions;
try {
	options = readOptions(process.argv.slice(2), () => Math.floor(Math.random() * 2 ** 32));
} catch (error) {
	exitWithUsage(error, USAGE);
}

const abort = new AbortController();
process.on('SIGINT', () => {
	if (abort.signal.aborted) process.exit(130);
	console.error(
		'\nNo more arrivals; waiting for the buyers inside. Ctrl-C again to leave at once.'
	);
	abort.abort();
});

try {
	const outcome = await runSale(options, readSettings(), abort.signal);
	const text = options.json
		? JSON.stringify(outcome, undefined, '\t')
		: describe(outcome).join('\n');
	console.log(text);
	process.exitCode = outcome.ok ? 0 : 1;
} catch (error) {
	console.error(explainFailure(error));
	process.exitCode = 1;
}
