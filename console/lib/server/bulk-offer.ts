import type { BulkItem } from '$shared/change.ts';
import { printChosen, readChosen } from '../operations/bulk-ask.ts';
import type { BulkOffer } from '../operations/bulk-ask.ts';
import { previewBulk } from '../preview/bulk.ts';
import type { BulkAct, Chosen } from '../preview/bulk.ts';
import { chosenInvocations } from './bulk-selection.ts';
import type { Sources } from './invocation-selection.ts';
import { keptSentences, seenStatus } from './offers.ts';
import { seal } from './seal.ts';
import type { Sealed } from './seal.ts';
import { UpstreamError } from './upstream-error.ts';

/** Settles which invocations a bulk change is about, and says what it would do. @throws UpstreamError */
export async function makeBulkOffer(
	sources: Sources & { secret: string },
	act: BulkAct,
	params: URLSearchParams
): Promise<BulkOffer> {
	const chosen = await chosenInvocations(sources, params);
	const preview = previewBulk(act, chosen);
	const sealed: Sealed = {
		requested: { action: 'bulk', request: { change: 'invocation', items: [{ act }] } },
		preview: keptSentences(preview),
		items: await digest(printChosen(chosen))
	};
	return {
		...{ act, chosen, preview },
		seal: await seal(sources.secret, sealed),
		intentId: crypto.randomUUID(),
		readAt: Date.now()
	};
}

/**
 * The items of a sealed bulk change, from the form that carries them apart.
 *
 * @throws UpstreamError 400 when they are not those that were shown
 */
export async function sealedItems({ requested, items }: Sealed, text: string): Promise<BulkItem[]> {
	const chosen = readChosen(text);
	if (requested.action !== 'bulk' || items !== (await digest(printChosen(chosen))))
		throw new UpstreamError('bad-request', 'These are not the items that you were shown', {
			status: 400
		});
	const [common = {}] = requested.request.items;
	return chosen.map((each: Chosen) => ({
		...common,
		invocationId: each.id,
		expect: { status: seenStatus(each.status) }
	}));
}

async function digest(text: string): Promise<string> {
	const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
