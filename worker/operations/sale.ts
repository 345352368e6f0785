import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { eventOf } from '../clients.ts';
import type { EventView } from '../event.ts';
import { Identifier } from '../schemas.ts';
import { conflict } from './action.ts';
import type { Action, Effect } from './action.ts';

const Sale = z.object({ eventId: Identifier, expect: z.object({ onSale: z.boolean() }) });

type Request = z.infer<typeof Sale>;
type Evidence = Pick<EventView, 'id' | 'name' | 'onSale'>;

export interface SaleChanged {
	event: EventView;
}

/** Stops reserving: what is held may still be bought. */
export const pauseSale = saleAction('pauseSale', false);

export const resumeSale = saleAction('resumeSale', true);

function saleAction(
	name: 'pauseSale' | 'resumeSale',
	onSale: boolean
): Action<Request, Evidence, SaleChanged> {
	return {
		name,
		schema: Sale,
		targetOf: ({ eventId }) => eventId,
		look: async (ctx, { eventId }) => {
			const { id, name: title, onSale: now } = await eventOf(ctx, eventId).get();
			return { id, name: title, onSale: now };
		},
		refusalOf: ({ expect }, now) => {
			if (expect.onSale !== now.onSale)
				return conflict(
					`The sale changed since you looked: you saw it ${said(expect.onSale)}, it is ` +
						`${said(now.onSale)} now`
				);
			return now.onSale === onSale ? conflict(`The sale is ${said(onSale)} already`) : null;
		},
		approvalFor: () => approvalFor({ action: name }),
		isFinal: () => false,
		carryOut: async (ctx, { eventId }) => {
			const { own, ...effect } = await setOnSale(ctx, eventId, onSale);
			return { ...effect, own, inverse: {} };
		},
		reverse: async (ctx, eventId) => {
			const { onSale: now } = await eventOf(ctx, eventId).get();
			const effect = await setOnSale(ctx, eventId, !onSale);
			return now === onSale ? effect : { ...effect, message: `It was ${said(!onSale)} already` };
		}
	};
}

async function setOnSale(
	ctx: Context,
	eventId: string,
	onSale: boolean
): Promise<Effect<SaleChanged>> {
	const event = await eventOf(ctx, eventId).setOnSale({ onSale });
	return {
		before: { onSale: !onSale },
		after: { onSale },
		message: `The sale of "${event.name}" is ${said(onSale)}`,
		invocationIds: [],
		own: { event }
	};
}

const said = (onSale: boolean): string => (onSale ? 'on' : 'paused');
