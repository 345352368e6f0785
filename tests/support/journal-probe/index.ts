import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';

/** Invocations with journals that a sale does not make: huge, waiting, calling in a circle. */

const SELF = { name: 'JournalProbe' } as const;

const journalProbe = restate.service({
	name: 'JournalProbe',
	handlers: {
		/** A journal of twice as many entries as steps: each is a command and its completion. */
		long: async (ctx: restate.Context, { steps }: { steps: number }): Promise<number> => {
			const all = Array.from({ length: steps }, (_, n) =>
				ctx.run(`Step ${n + 1}`, () => ({ step: n + 1, even: n % 2 === 1 }))
			);
			await restate.RestatePromise.all(all);
			return steps;
		},
		/** Goes on each time somebody resolves what it waits for, and names that in its journal. */
		waits: async (ctx: restate.Context, { times }: { times: number }): Promise<void> => {
			for (let n = 1; n <= times; n++) {
				const { id, promise } = ctx.awakeable<string>();
				await ctx.run(`Wait ${n}`, () => ({ awakeable: id }));
				const answer = await promise;
				await ctx.run(`Heard ${n}`, () => answer);
			}
		},
		/** Calls one that waits for it in turn, so that each is the other's child. */
		circle: async (ctx: restate.Context): Promise<void> => {
			await ctx.serviceClient<typeof journalProbe>(SELF).attaches(ctx.request().id);
		},
		attaches: async (ctx: restate.Context, invocationId: string): Promise<void> => {
			await ctx.run('Before the circle closes', () => invocationId);
			await ctx.invocation(restate.InvocationIdParser.fromString(invocationId)).attach();
		},
		/** A step whose result is of so many bytes. */
		large: async (ctx: restate.Context, { bytes }: { bytes: number }): Promise<number> => {
			const { text } = await ctx.run('Make much', () => ({ text: 'x'.repeat(bytes) }));
			return text.length;
		},
		/** Fails in three ways, then is paused. */
		pauses: restate.handlers.handler(
			{ retryPolicy: { maxAttempts: 4, initialInterval: 50, onMaxAttempts: 'pause' } },
			async (ctx: restate.Context): Promise<void> => {
				await ctx.run('Good step', () => 'done');
				await ctx.run('Bad step', () => {
					throw new Error(`The bad step is broken in way ${Date.now() % 3}`);
				});
			}
		)
	}
});

const lockProbe = restate.object({
	name: 'LockProbe',
	handlers: {
		/** Holds the lock of its key until somebody resolves the awakeable that its journal names. */
		holds: async (ctx: restate.ObjectContext): Promise<void> => {
			const { id, promise } = ctx.awakeable<string>();
			await ctx.run('Wait 1', () => ({ awakeable: id }));
			await promise;
		}
	}
});

export default { fetch: restate.createEndpointHandler({ services: [journalProbe, lockProbe] }) };
