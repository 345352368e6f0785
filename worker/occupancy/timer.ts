import { serde } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { ObjectContext } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import type { Head } from './state.ts';

/**
 * The timer that samples an event on sale. There is at most one: each message names the generation
 * it belongs to, and only the newest is heeded.
 */
interface Timer {
	generation: number;
	/** When it fires, ms since the epoch. */
	due: number;
	/** How long it waits, ms. */
	every: number;
}

const SAMPLE_MS = 10_000;
/** Each sample that finds nothing new doubles the wait, up to this. */
const IDLE_MS = 60_000;
/** A sample takes at most this share of the time, however long a scan takes. */
const SHARE = 1 / 100;
/** Past its time by this much, a timer is dead: a kill takes a killed invocation's timer with it. */
const DEAD_MS = 5_000;

const Generation = z.object({ generation: z.int() });

export async function isAlive(ctx: ObjectContext, generation: number): Promise<boolean> {
	return (await ctx.get<Timer>('timer'))?.generation === generation;
}

/** Sets the next sample, in place of any that is set. */
export async function armTimer(
	ctx: ObjectContext,
	{ scanMs }: Head,
	{ idle = false } = {}
): Promise<void> {
	const before = await ctx.get<Timer>('timer');
	const generation = (before?.generation ?? 0) + 1;
	const base = idle && before ? Math.min(before.every * 2, IDLE_MS) : SAMPLE_MS;
	const every = Math.max(base, scanMs / SHARE);
	ctx.set('timer', { generation, due: Date.now() + every, every } satisfies Timer);
	ctx.genericSend({
		service: 'Occupancy',
		method: 'sample',
		key: ctx.key,
		parameter: { generation },
		inputSerde: serde.schema(Generation),
		delay: every
	});
}

/** Sets the timer of an event on sale where there is none that lives. */
export async function keepTimer(ctx: ObjectContext, head: Head): Promise<void> {
	if (!head.onSale) return;
	const timer = await ctx.get<Timer>('timer');
	// By the time of the reading, which is journaled, so that a replay decides alike.
	if (!timer || timer.due + DEAD_MS < head.at) await armTimer(ctx, head);
}

export const stopTimer = (ctx: ObjectContext): void => ctx.clear('timer');
