import type { BulkItem } from '$shared/change.ts';
import { readChosen } from '../operations/bulk-ask.ts';
import { readReleases } from '../operations/release-ask.ts';
import { seenStatus } from './offers.ts';
import type { Sealed } from './seal.ts';
import { UpstreamError } from './upstream-error.ts';

/** The items of a bulk change travel beside its seal, as they are too many to be inside. */

/**
 * The items of a sealed bulk change, from the form that carries them apart.
 *
 * @throws UpstreamError 400 when they are not those that were shown
 */
export async function sealedItems({ requested, items }: Sealed, text: string): Promise<BulkItem[]> {
	const shown = text.replaceAll('\r\n', '\n');
	if (requested.action !== 'bulk' || items !== (await digestOfItems(shown)))
		throw new UpstreamError('bad-request', 'These are not the items that you were shown', {
			status: 400
		});
	const [common = {}] = requested.request.items;
	if (requested.request.change === 'forceRelease')
		return readReleases(shown).map(({ seat, epoch, force }) => ({
			...{ seat, force, expect: { epoch } }
		}));
	return readChosen(shown).map(({ id, status }) => ({
		...common,
		invocationId: id,
		expect: { status: seenStatus(status) }
	}));
}

/** SHA-256, in hex, of the items as their form carries them. */
export async function digestOfItems(text: string): Promise<string> {
	const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
