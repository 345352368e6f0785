import { printChosen } from '../operations/bulk-ask.ts';
import type { BulkOffer } from '../operations/bulk-ask.ts';
import { previewBulk } from '../preview/bulk.ts';
import type { BulkAct } from '../preview/bulk.ts';
import { chosenInvocations } from './bulk-selection.ts';
import type { Sources } from './invocation-selection.ts';
import { keptSentences } from './offers.ts';
import { seal } from './seal.ts';
import type { Sealed } from './seal.ts';
import { digestOfItems } from './sealed-items.ts';

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
		items: await digestOfItems(printChosen(chosen))
	};
	return {
		...{ act, chosen, preview },
		seal: await seal(sources.secret, sealed),
		intentId: crypto.randomUUID(),
		readAt: Date.now()
	};
}
