export type ParsedAmount = { ok: true; value: number | null } | { ok: false; message: string };

/** Decimals of a currency: two of most, none of the yen. */
const decimalsOf = (currency: string): number =>
	new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
		.maximumFractionDigits ?? 2;

/** Reads `20`, `20.5` or `20.50` as minor units; nothing typed is no amount. */
export function parseAmount(typed: string, currency: string): ParsedAmount {
	if (typed === '') return { ok: true, value: null };
	const decimals = decimalsOf(currency);
	const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(typed);
	const fraction = match?.[2] ?? '';
	if (!match || fraction.length > decimals)
		return {
			ok: false,
			message: `"${typed}" is not an amount: write it as ${decimals > 0 ? `20.${'5'.padEnd(decimals, '0')}` : '2000'}`
		};
	const minor = Number(match[1]) * 10 ** decimals + Number(fraction.padEnd(decimals, '0') || 0);
	return minor > 0
		? { ok: true, value: minor }
		: { ok: false, message: 'An amount is more than nothing; leave it empty for all that is left' };
}
