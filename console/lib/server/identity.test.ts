import { describe, expect, test } from 'vitest';
import { identify } from './identity.ts';

const access = { ACCESS_TEAM_DOMAIN: 'acme.cloudflareaccess.com', ACCESS_AUD: 'aud-1' };
const loopback = { hostname: 'localhost', peerAddress: undefined, accessToken: null };
const remote = { hostname: 'nexus.example', peerAddress: '203.0.113.9', accessToken: null };

describe('identify', () => {
	test('local configuration over loopback is the local admin', async () => {
		expect(await identify({ NEXUS_MODE: 'local' }, loopback)).toEqual({
			ok: true,
			actor: { name: 'local', role: 'admin' },
			payloads: true
		});
	});

	test('and whoever else the switcher says', async () => {
		const request = { ...loopback, localIdentity: 'viewer-masked' };
		expect(await identify({ NEXUS_MODE: 'local' }, request)).toEqual({
			ok: true,
			actor: { name: 'local-viewer', role: 'viewer' },
			payloads: false
		});
	});

	test.each([
		['local configuration, remote host', { NEXUS_MODE: 'local' as const }, remote],
		[
			'local configuration, remote peer',
			{ NEXUS_MODE: 'local' as const },
			{ ...loopback, peerAddress: '10.0.0.7' }
		],
		['no configuration over loopback', {}, loopback],
		['no environment', undefined, loopback],
		['half a configuration', { ACCESS_TEAM_DOMAIN: access.ACCESS_TEAM_DOMAIN }, remote],
		['Access configured, no token', access, remote],
		['Access configured, no token, over loopback', access, loopback],
		[
			'the switcher’s cookie without local configuration',
			access,
			{ ...loopback, localIdentity: 'admin' }
		],
		[
			'the switcher’s cookie from elsewhere',
			{ NEXUS_MODE: 'local' as const },
			{ ...remote, localIdentity: 'admin' }
		]
	])('fails closed: %s', async (_, env, request) => {
		expect(await identify(env, request)).toMatchObject({ ok: false });
	});
});
