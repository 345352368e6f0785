import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import { isKeyPart } from '../shared/seat-key.ts';
import { readSeatingPlan } from '../shared/seating-plan.ts';
import type { Venue } from '../shared/venue.ts';
import { writeAudit } from './audit-write.ts';
import { findEvent } from './catalog.ts';
import { occupancySend } from './clients.ts';
import { storePlan } from './event-plan.ts';
import { storeOnSale } from './layouts.ts';
import { requireOperator } from './operator.ts';
import { input, UNRECORDED } from './schemas.ts';

/** A published event: its name, its sale, and the revision of the plan it sells seats from. */

const Publish = z.object({
	name: z.string().trim().min(1).max(200),
	currency: z.string().regex(/^[a-z]{3}$/, 'give an ISO 4217 code in lower case, such as "eur"'),
	plan: z.unknown(),
	prices: z.record(z.string(), z.int().min(0)).optional(),
	mode: z.enum(['strict', 'lenient']).default('strict'),
	ticketLimit: z.int().min(1).nullable().default(null)
});

const OnSale = z.object({ onSale: z.boolean() });

/** A plan of 100,000 seats has some 15 MB; Restate itself takes 32. */
const MAX_PLAN_BYTES = 32 * 1024 * 1024;

export interface EventView {
	id: string;
	name: string;
	currency: string;
	revision: number;
	seats: number;
	onSale: boolean;
	ticketLimit: number | null;
}

export interface Published {
	event: EventView;
	warnings: string[];
}

export interface EventStore extends restate.TypedState {
	event: EventView;
}

export const event = restate.object({
	name: 'Event',
	handlers: {
		/**
		 * Publishes a seating plan, or a new revision of one. While seats are dropped, the sale stands
		 * still for some seconds.
		 *
		 * @throws TerminalError 400 with every error of the plan, 409 when the new plan would drop
		 * seats that are held or sold
		 */
		publish: restate.handlers.object.exclusive(
			input(Publish, MAX_PLAN_BYTES),
			async (
				ctx: restate.ObjectContext<EventStore>,
				request: z.infer<typeof Publish>
			): Promise<Published> => {
				const operator = await requireOperator(ctx, ['admin']);
				const { name, currency, mode, prices, ticketLimit } = request;
				const id = ctx.key;
				if (!isKeyPart(id))
					throw new restate.TerminalError(
						`"${id}" is not an event ID: give 1 to 64 of A-Z a-z 0-9 . _ -`,
						{ errorCode: 400 }
					);
				const { venue, errors, warnings } = readSeatingPlan(request.plan, {
					mode,
					...(prices ? { prices } : {})
				});
				if (!venue)
					throw new restate.TerminalError(`The seating plan has errors:\n${errors.join('\n')}`, {
						errorCode: 400
					});
				const before = await ctx.get('event');
				const view: EventView = {
					id,
					name,
					currency,
					revision: (before?.revision ?? 0) + 1,
					seats: venue.seats.length,
					onSale: before?.onSale ?? true,
					ticketLimit
				};
				await storePlan(ctx, { before, next: view, venue });
				const { id: invocationId, headers } = ctx.request();
				const record = {
					id: invocationId,
					actor: operator,
					action: 'publishEvent',
					target: id,
					reason: before ? `Revision ${view.revision}` : 'First publication',
					outcome: 'done',
					before: before ?? null,
					after: view,
					invocationIds: [],
					requestId: headers.get('x-request-id') ?? null
				};
				await writeAudit(ctx, [record]);
				occupancySend(ctx, id).watch();
				ctx.console.info('Event published', { ...view });
				return { event: view, warnings };
			}
		),

		/**
		 * Pauses or resumes the sale; seats hear of it within a second. For Operations alone, which
		 * has verified the operator and writes the audit record.
		 */
		setOnSale: restate.handlers.object.exclusive(
			{ ...input(OnSale), ingressPrivate: true },
			async (
				ctx: restate.ObjectContext<EventStore>,
				{ onSale }: z.infer<typeof OnSale>
			): Promise<EventView> => {
				const before = (await ctx.get('event')) ?? notFound(ctx.key);
				const view = { ...before, onSale };
				await ctx.run(onSale ? 'Resume sale' : 'Pause sale', () =>
					storeOnSale(env.DB, ctx.key, onSale)
				);
				ctx.set('event', view);
				// The timer that samples the sale ends with it.
				if (onSale) occupancySend(ctx, ctx.key).watch();
				ctx.console.info(onSale ? 'Sale resumed' : 'Sale paused', { event: ctx.key });
				return view;
			}
		),

		get: restate.handlers.object.shared(
			UNRECORDED,
			async (ctx: restate.ObjectSharedContext<EventStore>): Promise<EventView> =>
				(await ctx.get('event')) ?? notFound(ctx.key)
		),

		/** The layout that buyers choose seats from. */
		venue: restate.handlers.object.shared(
			UNRECORDED,
			async (ctx: restate.ObjectSharedContext<EventStore>): Promise<Venue> =>
				(await findEvent(ctx.key))?.venue ?? notFound(ctx.key)
		)
	}
});

export type Event = typeof event;

function notFound(id: string): never {
	throw new restate.TerminalError(`No event "${id}"`, { errorCode: 404 });
}
