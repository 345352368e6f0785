/** Prints what was wrong with the arguments, then how to give them, and ends with status 2. */
export function exitWithUsage(error: unknown, usage: string): never {
	console.error(`${messageOf(error)}\n\n${usage}`);
	process.exit(2);
}

/** The whole number an option was given, within its bounds. */
export function wholeNumber(option: string, value: string, min: number, max: number): number {
	const number = Number(value);
	if (value.trim() !== '' && Number.isInteger(number) && number >= min && number <= max)
		return number;
	throw new Error(`${option} must be a whole number from ${min} to ${max}, not "${value}"`);
}

/** The number an option was given, within its bounds. */
export function numberWithin(option: string, value: string, min: number, max: number): number {
	const number = Number(value);
	if (value.trim() !== '' && number >= min && number <= max) return number;
	throw new Error(`${option} must be a number from ${min} to ${max}, not "${value}"`);
}

/** What an error says. */
export const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);
