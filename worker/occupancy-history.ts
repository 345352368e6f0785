import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { storeRecord } from './occupancy/history-store.ts';
import { RecordedInput } from './occupancy/record.ts';
import type { Recorded } from './occupancy/record.ts';
import { input } from './schemas.ts';

/** A first reading of a hundred thousand seats, each with a few transitions to tell. */
const MAX_BYTES = 24 * 1024 * 1024;

/**
 * Writes what the readings of an event's seats found to D1, in their order and off the picture's
 * path: while D1 is away the records wait here, and the picture goes on. One that still cannot be
 * written after hours is given up; the next frame makes the past whole again.
 */
export const occupancyHistory = restate.object({
	name: 'OccupancyHistory',
	handlers: {
		record: restate.handlers.object.exclusive(
			{ ...input(RecordedInput, MAX_BYTES), ingressPrivate: true },
			// Not a step of its own: a record that is stored again adds nothing, and a step would cost
			// another call of the Worker.
			(ctx: restate.ObjectContext, recorded: Recorded): Promise<void> =>
				storeRecord(env.DB, ctx.key, recorded)
		)
	},
	options: {
		journalRetention: 0,
		retryPolicy: {
			initialInterval: 200,
			maxInterval: 30_000,
			maxAttempts: 500,
			onMaxAttempts: 'kill'
		}
	}
});

export type OccupancyHistory = typeof occupancyHistory;
