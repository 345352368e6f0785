import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { ObjectContext } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import type { Venue } from '../shared/venue.ts';
import { STALE_MS } from './catalog-freshness.ts';
import type { EventStore, EventView } from './event.ts';
import { lookAtDrops, storeOnSale, storeRevision } from './layouts.ts';
import { compensate } from './saga.ts';

/** Isolates sell for `STALE_MS` after a sale was paused; a little later whatever they sold can be seen. */
const SETTLED_MS = STALE_MS + 1_000;

const NAMED = 20;

interface Plan {
	before: EventView | null;
	next: EventView;
	venue: Venue;
}

/**
 * Stores an event's next plan. While seats are dropped the sale stands still: they are looked at once
 * more when nobody can take one any longer.
 *
 * @throws TerminalError 409 when the plan drops seats that are held or sold
 */
export async function storePlan(
	ctx: ObjectContext<EventStore>,
	{ before, next, venue }: Plan
): Promise<void> {
	if (before && (await checkDrops(ctx, venue)) > 0) await standStill(ctx, before, venue);
	// State first: a publication that ends half-way has then used up its number. Otherwise another plan
	// could get a number that D1 already has, and readers would take it for the one they know.
	ctx.set('event', next);
	await ctx.run('Store plan', () => storeRevision(env.DB, next, venue, Date.now()));
}

/** Counts the seats that a plan drops. @throws TerminalError 409 when somebody has one of them */
async function checkDrops(ctx: ObjectContext<EventStore>, venue: Venue): Promise<number> {
	const { seats, taken } = await ctx.run('Check held and sold seats', () =>
		lookAtDrops(env.DB, ctx.key, venue)
	);
	if (taken.length === 0) return seats;
	const names = `${taken.slice(0, NAMED).join(', ')}${taken.length > NAMED ? ', …' : ''}`;
	throw new TerminalError(
		`The new plan drops seats that are held or sold (${taken.length}): ${names}. Keep them in the plan.`,
		{ errorCode: 409 }
	);
}

/** Pauses the sale and looks again. It goes on as it was, unless the plan may be stored. */
async function standStill(
	ctx: ObjectContext<EventStore>,
	before: EventView,
	venue: Venue
): Promise<void> {
	const turn = (onSale: boolean) => {
		ctx.set('event', { ...before, onSale });
		return ctx.run(onSale ? 'Resume sale' : 'Pause sale', () =>
			storeOnSale(env.DB, before.id, onSale)
		);
	};
	try {
		await turn(false);
		await ctx.sleep({ milliseconds: SETTLED_MS });
		await checkDrops(ctx, venue);
	} catch (error) {
		if (!(error instanceof TerminalError)) throw error;
		await compensate(ctx, [() => turn(before.onSale)]);
		throw error;
	}
}
