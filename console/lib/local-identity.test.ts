import { describe, expect, test } from 'vitest';
import { ROLES } from '$shared/operator-token.ts';
import { LOCAL_IDENTITIES, readLocalIdentity } from './local-identity.ts';

describe('local identities', () => {
	test('are every role with and without the right to payloads, and the usual one', () => {
		expect(new Set(LOCAL_IDENTITIES.map(({ id }) => id)).size).toBe(2 * ROLES.length + 1);
		for (const role of ROLES)
			for (const payloads of [true, false])
				expect(LOCAL_IDENTITIES).toContainEqual(
					expect.objectContaining({ actor: { name: `local-${role}`, role }, payloads })
				);
	});

	test.each([undefined, '', 'root', 'admin; x'])('%j is the usual one', (id) => {
		expect(readLocalIdentity(id)).toMatchObject({ actor: { name: 'local', role: 'admin' } });
	});
});
