import { error } from '@sveltejs/kit';
import { UpstreamError } from './upstream-error.ts';

/** Reads for a page; a port's failure becomes the error page that says so, with its status. */
export async function orErrorPage<T>(requestId: string, read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (failure) {
		if (!(failure instanceof UpstreamError)) throw failure;
		const { status, message, code, retryable } = failure;
		error(status, { message, code, retryable, requestId });
	}
}
