import { CancelledError, TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';

/** Undoes one step of a saga. Idempotent, and safe to run when its step never happened. */
export type Compensation = () => PromiseLike<unknown>;

/**
 * Runs compensations in reverse. A cancel that arrives meanwhile does not stop them: it surfaces
 * at whatever is awaited then, and that compensation is run again. One that fails for good is
 * logged and does not keep the others from running.
 */
export async function compensate(
	ctx: Context,
	compensations: readonly Compensation[]
): Promise<void> {
	for (const undo of [...compensations].reverse()) await attempt(ctx, undo);
}

async function attempt(ctx: Context, undo: Compensation): Promise<void> {
	try {
		await undo();
	} catch (error) {
		if (error instanceof CancelledError) return attempt(ctx, undo);
		if (!(error instanceof TerminalError)) throw error;
		ctx.console.error('Compensation failed', { error: error.message });
	}
}

/**
 * The answers to calls that were made side by side. The last is awaited first: an await whose
 * answer is there already goes on at once, whereas `RestatePromise.all` has the Worker called
 * again for each answer that comes in.
 *
 * @throws what one of the calls failed with
 */
export async function answers<T>(calls: readonly PromiseLike<T>[]): Promise<T[]> {
	const received: T[] = [];
	for (const call of calls.toReversed()) received.unshift(await call);
	return received;
}
