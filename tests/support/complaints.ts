import type { Page } from 'playwright-core';

/** What a browser said against a page. */
export interface Complaints {
	/** All of it but what was tolerated. */
	all: () => string[];
	/** Expects complaints that match: a refused request shows as one, also where it was provoked. */
	tolerate: (pattern: RegExp) => void;
}

/**
 * Collects a page's uncaught errors, console errors and warnings (content security violations are
 * among them), failed answers, and requests to anywhere but `origin`.
 */
export function watch(page: Page, origin: string): Complaints {
	const said: string[] = [];
	const tolerated: RegExp[] = [];
	page.on('pageerror', (error) => said.push(`uncaught: ${error.stack ?? error.message}`));
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()))
			said.push(`${message.type()}: ${message.text()} (${message.location().url})`);
	});
	page.on('response', (response) => {
		if (response.status() >= 500) said.push(`${response.status()}: ${response.url()}`);
	});
	page.on('request', (request) => {
		const url = new URL(request.url());
		if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.origin !== origin)
			said.push(`asked another site: ${request.url()}`);
	});
	return {
		all: () => said.filter((text) => !tolerated.some((pattern) => pattern.test(text))),
		tolerate: (pattern) => tolerated.push(pattern)
	};
}
