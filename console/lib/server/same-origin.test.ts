import { describe, expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

const HERE = 'https://nexus.example';

describe('isSameOrigin', () => {
	test.each([
		['GET', {}, true],
		['HEAD', { origin: 'https://evil.example' }, true],
		['OPTIONS', { 'sec-fetch-site': 'cross-site' }, true],
		['POST', { origin: HERE }, true],
		['POST', { 'sec-fetch-site': 'same-origin' }, true],
		['POST', { 'sec-fetch-site': 'same-origin', origin: HERE }, true],
		['DELETE', { origin: HERE }, true],
		['POST', {}, false],
		['POST', { origin: 'null' }, false],
		['POST', { origin: 'https://evil.example' }, false],
		['POST', { origin: 'http://nexus.example' }, false],
		['POST', { origin: 'https://nexus.example:8443' }, false],
		['POST', { origin: 'https://sub.nexus.example' }, false],
		['POST', { 'sec-fetch-site': 'same-site' }, false],
		['POST', { 'sec-fetch-site': 'cross-site' }, false],
		['POST', { 'sec-fetch-site': 'none' }, false],
		['POST', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, false],
		['POST', { 'sec-fetch-site': 'cross-site', origin: HERE }, false],
		['PUT', { origin: 'https://evil.example' }, false],
		['PATCH', {}, false],
		['POST', { 'content-type': 'application/json' }, false]
	])('%s %j: %s', (method, headers, allowed) => {
		const request = { method, origin: HERE, headers: new Headers(headers) };
		expect(isSameOrigin(request)).toBe(allowed);
	});
});
