import { parseArgs } from 'node:util';
import { isKeyPart } from '../../shared/seat-key.ts';
import { numberWithin, wholeNumber } from '../cli.ts';

export interface SaleOptions {
	event: string;
	buyers: number;
	/** Share of buyers whose card is declined, and of those who walk away from a held seat. */
	decline: number;
	abandon: number;
	/** Arrivals per second; undefined lets the next buyer in as soon as one of `concurrency` left. */
	rate: number | undefined;
	concurrency: number;
	seed: number;
	json: boolean;
}

export const USAGE = `Usage: npm run sale -- --event E --buyers N [--decline R] [--abandon R] [--rate R] [--seed S] [--json]

Sells seats of a published event through the ingress, then holds the seats sold against the money
taken. Ends with status 1 when they differ or when anything went wrong.

  --event E         the event's ID
  --buyers N        how many buyers come, 1 to 1000000
  --decline R       share whose card is declined (default 0.1)
  --abandon R       share who hold seats and never pay (default 0.1)
  --rate R          arrivals per second, however long each takes
  --concurrency N   without --rate: how many buyers at a time (default 64)
  --seed S          repeats the choices of an earlier sale (default: another each time)
  --json            the outcome as JSON`;

/** Reads the command line. @throws saying which option is wrong */
export function readOptions(args: string[], randomSeed: () => number): SaleOptions {
	const { values } = parseArgs({
		args,
		options: {
			event: { type: 'string' },
			buyers: { type: 'string' },
			decline: { type: 'string', default: '0.1' },
			abandon: { type: 'string', default: '0.1' },
			rate: { type: 'string' },
			concurrency: { type: 'string', default: '64' },
			seed: { type: 'string' },
			json: { type: 'boolean', default: false }
		}
	});
	if (!values.event) throw new Error('--event is missing: npm run event -- list shows them');
	if (!isKeyPart(values.event)) throw new Error(`--event "${values.event}" is not an event ID`);
	if (values.buyers === undefined) throw new Error('--buyers is missing');
	const decline = numberWithin('--decline', values.decline, 0, 1);
	const abandon = numberWithin('--abandon', values.abandon, 0, 1);
	if (decline + abandon > 1) throw new Error('--decline and --abandon are more than 1 together');
	return {
		event: values.event,
		buyers: wholeNumber('--buyers', values.buyers, 1, 1_000_000),
		decline,
		abandon,
		rate:
			values.rate === undefined ? undefined : numberWithin('--rate', values.rate, 0.01, 100_000),
		concurrency: wholeNumber('--concurrency', values.concurrency, 1, 4096),
		seed:
			values.seed === undefined ? randomSeed() : wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
		json: values.json
	};
}
