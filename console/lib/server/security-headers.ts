import type { Handle } from '@sveltejs/kit';

const HEADERS: Record<string, string> = {
	'x-content-type-options': 'nosniff',
	// Not no-referrer: that makes browsers send `Origin: null` with a form, which the same-origin
	// check must refuse.
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy':
		'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'
};

/** The headers every answer carries; the content security policy is SvelteKit's own. */
export const securityHeaders: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
	if (event.url.protocol === 'https:')
		response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
	return response;
};
