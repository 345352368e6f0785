import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { choosePrices } from './prices.ts';

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'nexus-prices-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const write = (name: string, content: unknown) => {
	const file = join(dir, name);
	writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
	return file;
};
const choose = (prices?: string, currency?: string) => {
	const warnings: string[] = [];
	const chosen = choosePrices({ plan: join(dir, 'hall.json'), prices, currency }, (w) =>
		warnings.push(w)
	);
	return { ...chosen, warnings };
};

it('takes the sidecar of the plan', () => {
	const source = write('hall.prices.json', { currency: 'chf', prices: { Box: 100 } });
	expect(choose()).toEqual({
		priceList: { prices: { Box: 100 } },
		currency: 'chf',
		source,
		warnings: []
	});
});

it('prefers the file that was named, and the currency that was given', () => {
	write('hall.prices.json', { currency: 'chf', prices: { Box: 100 } });
	const source = write('other.json', { currency: 'eur', prices: { Box: 200 } });
	expect(choose(source, 'USD')).toMatchObject({
		priceList: { prices: { Box: 200 } },
		currency: 'usd',
		source
	});
});

it('warns when it has to make a price up', () => {
	const { priceList, currency, warnings } = choose();
	expect({ priceList, currency }).toEqual({ priceList: { defaultPrice: 5000 }, currency: 'eur' });
	expect(warnings).toEqual([expect.stringContaining('every seat costs 5000 minor units')]);
});

it.each([
	['a missing file', () => join(dir, 'none.json'), /none\.json: there is no such file/],
	['no JSON', () => write('p.json', '{oops'), /p\.json is not JSON: /],
	['other JSON', () => write('p.json', { Box: 100 }), /p\.json is no prices file\. .*looks like/]
])('says what is wrong with %s', (_name, file, message) => {
	expect(() => choose(file())).toThrow(message);
});

it('refuses a currency that is none', () => {
	expect(() => choose(undefined, 'euro')).toThrow('--currency must be three letters');
});
