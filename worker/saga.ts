import { CancelledError, TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';

/** Undoes one step of a saga. Idempotent, and safe to run when its step never happened. */
export type Compensation = () => PromiseLike<unknown>;

/**
 * Runs compensations in reverse. A cancel that arrives meanwhile does not stop them: it surfaces
 * once, at whatever is awaited then, and that compensation is run again. One that fails for good
 * does not keep the others from running.
 *
 * @returns the errors of those that failed for good
 */
export async function compensate(compensations: readonly Compensation[]): Promise<TerminalError[]> {
	const failures: TerminalError[] = [];
	for (const undo of [...compensations].reverse()) {
		const failure = await attempt(undo);
		if (failure) failures.push(failure);
	}
	return failures;
}

async function attempt(undo: Compensation): Promise<TerminalError | undefined> {
	try {
		await undo();
		return undefined;
	} catch (error) {
		if (error instanceof CancelledError) return attempt(undo);
		if (error instanceof TerminalError) return error;
		throw error;
	}
}
