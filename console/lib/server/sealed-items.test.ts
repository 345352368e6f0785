import { expect, test } from 'vitest';
import { printReleases } from '../operations/release-ask.ts';
import { printChosen } from '../operations/bulk-ask.ts';
import type { Sealed } from './seal.ts';
import { digestOfItems, sealedItems } from './sealed-items.ts';

const releases = printReleases([
	{ seat: 'gala:A-1', epoch: 3, force: false },
	{ seat: 'gala:B-1', epoch: 5, force: true }
]);
const sealed = async (
	change: 'forceRelease' | 'invocation',
	text: string,
	items: Record<string, unknown>[] = []
): Promise<Sealed> => ({
	requested: { action: 'bulk', request: { change, items } },
	preview: [],
	items: await digestOfItems(text)
});

test('released seats carry the epoch that was seen, and whether their checkout is cancelled', async () => {
	const offer = await sealed('forceRelease', releases);
	const items = [
		{ seat: 'gala:A-1', force: false, expect: { epoch: 3 } },
		{ seat: 'gala:B-1', force: true, expect: { epoch: 5 } }
	];
	expect(await sealedItems(offer, releases)).toEqual(items);
	expect(await sealedItems(offer, releases.replaceAll('\n', '\r\n'))).toEqual(items);
});

test('invocations carry the act and the status that was seen', async () => {
	const text = printChosen([{ id: 'inv_1', status: 'killed' }]);
	expect(await sealedItems(await sealed('invocation', text, [{ act: 'purge' }]), text)).toEqual([
		{ act: 'purge', invocationId: 'inv_1', expect: { status: 'completed' } }
	]);
});

test.each([
	['another epoch', releases.replace(' 3', ' 4')],
	['another seat', releases.replace('A-1', 'A-2')],
	['one fewer', releases.split('\n')[0] ?? ''],
	['a force that was not shown', releases.replace(' 3', ' 3 force')]
])('%s than what was shown is refused', async (_, text) => {
	await expect(sealedItems(await sealed('forceRelease', releases), text)).rejects.toThrow(
		/not the items that you were shown/
	);
});
