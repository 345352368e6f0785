import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';

/** The Occupancy of a Worker that broke down in the middle of a refresh. */
const occupancy = restate.object({
	name: 'Occupancy',
	handlers: {
		refresh: async (ctx: restate.ObjectContext): Promise<never> => {
			await ctx.get('head');
			throw new Error('the seats cannot be read from here');
		}
	}
});

export default { fetch: restate.createEndpointHandler({ services: [occupancy] }) };
