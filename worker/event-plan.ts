import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { ObjectContext } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import type { Venue } from '../shared/venue.ts';
import { readLayout, STALE_MS } from './catalog.ts';
import type { EventStore, EventView } from './event.ts';
import { dropsFrom, lookAtDrops, storeRevision } from './layouts.ts';
import type { Drops } from './layouts.ts';

/**
 * Isolates sell from a plan for `STALE_MS` after the next one is stored. A little later whatever they
 * sold meanwhile can be seen.
 */
const SETTLED_MS = STALE_MS + 1_000;

const NAMED = 20;

/**
 * Stores an event's next plan. One that drops seats is looked at once more when nobody sells from the
 * former any longer: had one of them been taken until then, the former plan comes back, as a revision
 * of its own, because a number names one plan for good.
 *
 * @returns what was taken of the dropped seats meanwhile, once the former plan is back; null when
 * the next plan stands
 * @throws TerminalError 409 when it drops seats that are held or sold now
 */
export async function storePlan(
	ctx: ObjectContext<EventStore>,
	{ before, next, venue }: { before: EventView | null; next: EventView; venue: Venue }
): Promise<Drops | null> {
	const drops =
		before &&
		(await ctx.run('Check held and sold seats', () => lookAtDrops(env.DB, next.id, venue)));
	if (drops && drops.taken.length > 0) throw droppedRefusal(drops.taken);
	// The state first, so that a publication that is ended half-way leaves its number used: another
	// plan under a number that D1 has already would be taken for the same by whoever read that.
	ctx.set('event', next);
	await ctx.run('Store plan', () => storeRevision(env.DB, next, venue, Date.now()));
	if (!before || !drops || drops.revision === null || drops.seats === 0) return null;

	const { revision } = drops;
	await ctx.sleep({ milliseconds: SETTLED_MS });
	const late = await ctx.run('Check dropped seats again', () =>
		dropsFrom(next.id, revision, venue)
	);
	if (late.taken.length === 0) return null;
	const back = { ...before, revision: next.revision + 1 };
	ctx.set('event', back);
	await ctx.run('Store former plan', async () =>
		storeRevision(env.DB, back, await readLayout(next.id, revision), Date.now())
	);
	return late;
}

/** Names the seats that a plan drops and somebody has. */
export const droppedRefusal = (taken: readonly string[]): TerminalError =>
	new TerminalError(
		`The new plan drops seats that are held or sold (${taken.length}): ` +
			`${taken.slice(0, NAMED).join(', ')}${taken.length > NAMED ? ', …' : ''}. Keep them in the plan.`,
		{ errorCode: 409 }
	);
