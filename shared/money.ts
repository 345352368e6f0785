/** An amount in minor units, in the currency's own number of decimals: the yen has none. */
export function money(minor: number, currency: string): string {
	const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
	const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
	return format.format(minor / 10 ** digits);
}
