import type { HandleServerError } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { identity } from '$lib/server/identity.ts';
import { readOnly } from '$lib/server/read-only.ts';
import { requestId } from '$lib/server/request-id.ts';
import { sameOrigin } from '$lib/server/same-origin.ts';
import { securityHeaders } from '$lib/server/security-headers.ts';

export const handle = sequence(requestId, securityHeaders, sameOrigin, identity, readOnly);

/** What no code expected: kept whole in the log, told to the browser by its request ID alone. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	const { requestId } = event.locals;
	if (status === 404) return { message: `There is no page at ${event.url.pathname}`, requestId };
	const { pathname } = event.url;
	const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
	console.error(JSON.stringify({ level: 'error', message, requestId, pathname, error: detail }));
	return { message: 'Something went wrong in the console itself', code: 'internal', requestId };
};
