import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { BATCH_SIZE, keyOf, kindOf } from './mix.ts';

/** Invocations of every outcome, as cheap as they can be: what fills a server for measurements. */

const LONG = { hours: 20 };
const FILLER = { name: 'Filler' } as const;
const once = { retryPolicy: { maxAttempts: 1, onMaxAttempts: 'pause' as const } };
const seldom = { retryPolicy: { initialInterval: LONG, maxInterval: LONG } };

const refuse = (errorCode: number, message: string) => (): Promise<void> =>
	Promise.reject(new restate.TerminalError(message, { errorCode }));
const breakDown = (): Promise<void> =>
	Promise.reject(new Error('The gateway answered 503 Service Unavailable'));

const sleep = async (ctx: restate.ObjectContext): Promise<void> => ctx.sleep(LONG);

const filler = restate.object({
	name: 'Filler',
	handlers: {
		succeeds: async (): Promise<void> => Promise.resolve(),
		declined: refuse(402, 'Payment Failed: the card was declined'),
		conflicts: refuse(409, 'Ticket is currently reserved'),
		breaks: refuse(500, 'No price is set for this section'),
		suspended: sleep,
		// Asleep until the fill cancels or kills them.
		cancelled: sleep,
		killed: sleep,
		scheduled: async (): Promise<void> => Promise.resolve(),
		pending: async (): Promise<void> => Promise.resolve(),
		backsOff: restate.handlers.object.exclusive(seldom, breakDown),
		pauses: restate.handlers.object.exclusive(once, breakDown)
	}
});

const fillerBatch = restate.service({
	name: 'FillerBatch',
	handlers: {
		/** Sends one batch of the mix. */
		send: async (ctx: restate.Context, batch: number): Promise<void> => {
			for (let n = batch * BATCH_SIZE; n < (batch + 1) * BATCH_SIZE; n++) {
				const kind = kindOf(n);
				const object = ctx.objectSendClient<typeof filler>(FILLER, keyOf(n));
				if (kind === 'scheduled') object.scheduled(restate.rpc.sendOpts({ delay: LONG }));
				// It waits for its turn behind one that sleeps on the same key.
				else if (kind === 'pending') {
					object.suspended();
					object.pending();
				} else object[kind]();
			}
			await Promise.resolve();
		}
	}
});

export default { fetch: restate.createEndpointHandler({ services: [filler, fillerBatch] }) };
