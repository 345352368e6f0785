import { error } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request of this method only reads. */
export const isRead = (method: string): boolean => SAFE.has(method);

/**
 * Whether a request may change anything: it is a read, or the browser says that one of this
 * site's own pages sent it. Stricter than SvelteKit's own check, which looks at form content
 * types only: here every method but a read must prove its origin, and a request that names none
 * does not. Where Sec-Fetch-Site and Origin are both present, both must agree.
 */
export function isSameOrigin(request: {
	method: string;
	origin: string;
	headers: Pick<Headers, 'get'>;
}): boolean {
	if (isRead(request.method)) return true;
	const site = request.headers.get('sec-fetch-site');
	const origin = request.headers.get('origin');
	if (site === null && origin === null) return false;
	return (
		(site === null || site === 'same-origin') && (origin === null || origin === request.origin)
	);
}

/** Refuses a change that another site's page asks for. */
export const sameOrigin: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	if (!isSameOrigin({ method, origin: event.url.origin, headers }))
		error(403, {
			message: 'This change was refused: it did not come from a page of this console',
			code: 'cross-origin'
		});
	return resolve(event);
};
