import { HttpCallError } from '@restatedev/restate-sdk-clients';
import { UpstreamError, isTimeout } from './upstream-error.ts';

/** Makes a call to the ingress and turns its failure into an UpstreamError. */
export async function ingressError<T>(call: () => PromiseLike<T>): Promise<T> {
	try {
		return await call();
	} catch (error) {
		throw toUpstream(error);
	}
}

/** A handler's refusal keeps its status and message: they are written for people. */
const REFUSALS: Record<number, string> = {
	400: 'bad-request',
	401: 'not-authenticated',
	403: 'not-authorised',
	404: 'not-found',
	409: 'conflict',
	503: 'unavailable'
};

export function toUpstream(error: unknown): UpstreamError {
	if (!(error instanceof HttpCallError)) return unanswered(error);
	const { source, message } = readBody(error.responseText);
	const code = source === 'invocation' ? REFUSALS[error.status] : undefined;
	if (code) return new UpstreamError(code, message, { status: error.status, cause: error });
	if (source !== 'invocation' && error.status === 404)
		return new UpstreamError('service-missing', `The Nexus service is not registered: ${message}`, {
			status: 503,
			cause: error
		});
	return new UpstreamError('service-failed', `The Nexus service failed: ${message}`, {
		status: 502,
		cause: error
	});
}

function unanswered(cause: unknown): UpstreamError {
	if (isTimeout(cause))
		return new UpstreamError(
			'service-slow',
			'The Nexus service did not answer in time; Restate keeps trying to reach its Worker',
			{ status: 504, retryable: true, cause }
		);
	return new UpstreamError(
		'ingress-unreachable',
		'Restate is not reachable, so the Nexus service cannot be asked now',
		{ status: 503, retryable: true, cause }
	);
}

/** Restate's error body: `source` tells its own refusals from a handler's. */
function readBody(body: string): { source: string | undefined; message: string } {
	try {
		const { source, message } = JSON.parse(body) as { source?: string; message?: string };
		return { source, message: message ?? body };
	} catch {
		return { source: undefined, message: body.slice(0, 300) };
	}
}
