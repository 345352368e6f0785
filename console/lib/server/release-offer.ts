import { chooseStuck, printReleases } from '../operations/release-ask.ts';
import type { ReleaseAsk, ReleaseOffer } from '../operations/release-ask.ts';
import { planReleases, previewReleases } from '../preview/bulk-release.ts';
import { lookForStuck } from './attention.ts';
import { keptSentences } from './offers.ts';
import type { Admin } from './restate-admin.ts';
import { seal } from './seal.ts';
import type { Sealed } from './seal.ts';
import { digestOfItems } from './sealed-items.ts';

/**
 * Settles which stuck seats a bulk release is about, each with the epoch it is seen at, and says what
 * it would do.
 *
 * @throws UpstreamError when Restate cannot be read
 */
export async function makeReleaseOffer(
	{ admin, secret }: { admin: Admin; secret: string },
	ask: ReleaseAsk
): Promise<ReleaseOffer> {
	const { at, seats } = await lookForStuck(admin, ask.eventId);
	const { chosen, gone } = chooseStuck(ask, seats);
	const plan = planReleases(ask.eventId, chosen, ask.force);
	const preview = previewReleases(plan);
	const sealed: Sealed = {
		requested: { action: 'bulk', request: { change: 'forceRelease', items: [] } },
		preview: keptSentences(preview),
		items: await digestOfItems(printReleases(plan.releases))
	};
	return {
		...{ ask, plan, gone, preview },
		mayForce: chosen.some(({ checkoutLive }) => checkoutLive),
		seal: await seal(secret, sealed),
		intentId: crypto.randomUUID(),
		readAt: at
	};
}
