import { existsSync } from 'node:fs';
import { messageOf } from '../cli.ts';
import { parsePrices, type PricesFile, sidecarPath } from '../venue/prices-file.ts';
import { readJsonFile } from './json-file.ts';

/** Minor units of every category when no prices are given. */
const DEFAULT_PRICE = 5000;
const DEFAULT_CURRENCY = 'eur';

interface Wanted {
	plan: string;
	prices: string | undefined;
	currency: string | undefined;
}

interface Chosen {
	priceList: { prices: Record<string, number> } | { defaultPrice: number };
	currency: string;
	/** Where the prices are from. */
	source: string;
}

/** Prices from the file named, else from the plan's sidecar, else one price for all. */
export function choosePrices(
	{ plan, prices, currency }: Wanted,
	warn: (warning: string) => void
): Chosen {
	if (currency !== undefined && !/^[a-z]{3}$/i.test(currency)) {
		throw new Error(`--currency must be three letters, such as eur, not "${currency}"`);
	}
	const chosenCurrency = currency?.toLowerCase();
	const sidecar = sidecarPath(plan);
	const source = prices ?? (existsSync(sidecar) ? sidecar : undefined);
	if (source === undefined) {
		const what = `${DEFAULT_PRICE} minor units`;
		warn(`warning: no --prices and no ${sidecar}: every seat costs ${what}`);
		return {
			priceList: { defaultPrice: DEFAULT_PRICE },
			currency: chosenCurrency ?? DEFAULT_CURRENCY,
			source: `${what} for every category`
		};
	}
	const file = readPrices(source);
	return {
		priceList: { prices: file.prices },
		currency: chosenCurrency ?? file.currency,
		source
	};
}

function readPrices(source: string): PricesFile {
	const content = readJsonFile(source);
	try {
		return parsePrices(content);
	} catch (error) {
		throw new Error(`${source} is no prices file. ${messageOf(error)}`, { cause: error });
	}
}
