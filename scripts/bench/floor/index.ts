import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';

/**
 * The least that a ticketing service on Restate could do: the same shape of calls, without rules,
 * checks, histories, logs or signatures. What Nexus costs beyond this is its own.
 */

const SEAT = { name: 'FloorSeat' } as const;
const SAGA = { name: 'FloorSaga' } as const;
/** A day, so that no timer goes off, to nobody, while something else is measured on the server. */
const HOLD_MS = 24 * 60 * 60_000;

type Seat = { by: string; until: number };

const floorSeat = restate.object({
	name: SEAT.name,
	handlers: {
		/** Get and set. */
		set: async (ctx: restate.ObjectContext, by: string): Promise<true> => {
			const seat = await ctx.get<Seat>('seat');
			ctx.set('seat', { by, until: (seat?.until ?? 0) + 1 });
			return true;
		},
		/** Get, set, and a timer that would expire it. */
		hold: async (ctx: restate.ObjectContext, by: string): Promise<true> => {
			const seat = await ctx.get<Seat>('seat');
			const until = (seat?.until ?? 0) + 1;
			ctx.set('seat', { by, until });
			ctx
				.objectSendClient<typeof floorSeat>(SEAT, ctx.key)
				.expire(until, restate.rpc.sendOpts({ delay: HOLD_MS }));
			return true;
		},
		expire: async (ctx: restate.ObjectContext, until: number): Promise<void> => {
			const seat = await ctx.get<Seat>('seat');
			if (seat?.until === until) ctx.clear('seat');
		},
		get: restate.handlers.object.shared(
			{ journalRetention: 0, idempotencyRetention: 0 },
			(ctx: restate.ObjectSharedContext): Promise<Seat | null> => ctx.get<Seat>('seat')
		)
	}
});

const floorSaga = restate.service({
	name: SAGA.name,
	handlers: {
		/** Hold a seat, ask the gateway once, set the seat. */
		buy: async (
			ctx: restate.Context,
			{ seat, gateway }: { seat: string; gateway: string }
		): Promise<string> => {
			const client = ctx.objectClient<typeof floorSeat>(SEAT, seat);
			await client.hold('buyer');
			const paid = await ctx.run('pay', () => pay(gateway, ctx.request().id));
			await client.set('buyer');
			return paid;
		}
	}
});

async function pay(gateway: string, order: string): Promise<string> {
	const response = await fetch(`${gateway}/v1/payment_intents`, {
		method: 'POST',
		headers: {
			authorization: 'Bearer sk_test_floor',
			'content-type': 'application/x-www-form-urlencoded',
			'idempotency-key': order
		},
		body: new URLSearchParams({
			amount: '1000',
			currency: 'eur',
			payment_method: 'pm_card_visa',
			confirm: 'true'
		})
	});
	if (!response.ok) throw new Error(`The gateway answered ${response.status}`);
	const { id } = (await response.json()) as { id: string };
	return id;
}

export default { fetch: restate.createEndpointHandler({ services: [floorSeat, floorSaga] }) };
