import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';

/** An invocation with every kind of child, under way until it is killed. */

const SELF = { name: 'KillProbe' } as const;
const LONG = { hours: 1 };

const killProbe = restate.service({
	name: 'KillProbe',
	handlers: {
		parent: async (ctx: restate.Context): Promise<void> => {
			const self = ctx.serviceSendClient<typeof killProbe>(SELF);
			self.sent();
			self.delayed(restate.rpc.sendOpts({ delay: LONG }));
			await ctx.serviceClient<typeof killProbe>(SELF).called();
		},
		/** Itself at work, called and waited for; its timer is the killed one's grandchild. */
		called: async (ctx: restate.Context): Promise<void> => {
			await ctx.serviceClient<typeof killProbe>(SELF).setsTimer();
			await ctx.sleep(LONG);
		},
		/** Ends at once, and leaves a timer behind, as a seat's `reserve` does. */
		setsTimer: async (ctx: restate.Context): Promise<void> => {
			const self = ctx.serviceSendClient<typeof killProbe>(SELF);
			self.timer(restate.rpc.sendOpts({ delay: LONG }));
			await Promise.resolve();
		},
		sent: async (ctx: restate.Context): Promise<void> => ctx.sleep(LONG),
		delayed: async (): Promise<void> => Promise.resolve(),
		timer: async (): Promise<void> => Promise.resolve()
	}
});

export default { fetch: restate.createEndpointHandler({ services: [killProbe] }) };
