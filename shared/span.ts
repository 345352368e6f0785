const SECOND_MS = 1000;

/**
 * A length of time in words, to the second: `5 minutes`, `1 minute and 30 seconds`. For sentences
 * that are kept and read in any time zone.
 */
export function spanInWords(ms: number): string {
	const seconds = Math.round(ms / SECOND_MS);
	const parts = [
		counted(Math.floor(seconds / 60), 'minute'),
		counted(seconds % 60, 'second')
	].filter((part) => part !== null);
	return parts.length > 0 ? parts.join(' and ') : '0 seconds';
}

const counted = (n: number, unit: string): string | null =>
	n === 0 ? null : `${n} ${n === 1 ? unit : `${unit}s`}`;
