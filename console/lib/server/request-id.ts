import type { Handle } from '@sveltejs/kit';

/** Names the request; the ID goes back in the response and onward to every call it makes. */
export const requestId: Handle = async ({ event, resolve }) => {
	event.locals.requestId = `req_${crypto.randomUUID()}`;
	const response = await resolve(event);
	response.headers.set('x-request-id', event.locals.requestId);
	return response;
};
