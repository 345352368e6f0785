import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exitWithUsage, messageOf, wholeNumber } from './cli.ts';
import { generateVenue, SEATS } from './venue/generate.ts';
import { sidecarPath } from './venue/prices-file.ts';

const USAGE = `Usage: npm run venue -- --seats N [--out FILE] [--seed S]

Writes a seating plan of exactly N seats (${SEATS.min} to ${SEATS.max}) in pretix's JSON schema: a theatre,
a concert hall or an arena by its size. Prices go beside it, to <plan>.prices.json.

  --seats N    how many seats, such as 500, 2000 or 20000
  --out FILE   where to write it (default venue-N.json)
  --seed S     another seed shortens other rows (default 1)`;

function readArguments() {
	const { values } = parseArgs({
		options: { seats: { type: 'string' }, out: { type: 'string' }, seed: { type: 'string' } }
	});
	if (values.seats === undefined) throw new Error('--seats is missing');
	const seats = wholeNumber('--seats', values.seats, SEATS.min, SEATS.max);
	const seed = values.seed === undefined ? 1 : wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1);
	return { seats, seed, out: values.out ?? `venue-${seats}.json` };
}

function main(): void {
	let options;
	try {
		options = readArguments();
	} catch (error) {
		exitWithUsage(error, USAGE);
	}
	const { plan, prices, currency } = generateVenue(options);
	const pricesFile = sidecarPath(options.out);
	try {
		writeFileSync(options.out, JSON.stringify(plan));
		writeFileSync(pricesFile, `${JSON.stringify({ currency, prices }, undefined, '\t')}\n`);
	} catch (error) {
		console.error(`Cannot write the plan: ${messageOf(error)}`);
		process.exit(1);
	}
	const sections = plan.zones.filter(({ rows }) => rows.length > 0).length;
	console.log(`${options.out}: ${plan.name}, ${sections} sections`);
	console.log(`${pricesFile}: prices of ${plan.categories.length} categories`);
}

main();
