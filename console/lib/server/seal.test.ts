import { describe, expect, test } from 'vitest';
import type { Sealed } from './seal.ts';
import { seal, unseal } from './seal.ts';

const shown: Sealed = {
	requested: {
		action: 'forceRelease',
		request: { seat: 'concert-1:A-1', expect: { epoch: 3 }, force: false }
	},
	preview: ['The hold of ann ends.']
};

describe('a sealed preview', () => {
	test('comes back as it went', async () => {
		expect(await unseal('key', await seal('key', shown))).toMatchObject(shown);
	});

	test('is refused when another key made it, and when anything of it was changed', async () => {
		const sealed = await seal('key', shown);
		await expect(unseal('other', sealed)).rejects.toMatchObject({ status: 400 });
		const [head, , tail] = sealed.split('.');
		const forged = btoa(JSON.stringify({ ...shown, preview: ['Nothing.'], aud: 'nexus-preview' }));
		await expect(unseal('key', `${head}.${forged.replaceAll('=', '')}.${tail}`)).rejects.toThrow(
			/does not say what you were shown/
		);
		await expect(unseal('key', '')).rejects.toMatchObject({ code: 'bad-request' });
	});
});
