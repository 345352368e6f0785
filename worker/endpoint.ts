import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { identityCheck } from './identity.ts';
import { plainJournalCodec } from './journal.ts';
import { logLine } from './logging.ts';

type Services = Parameters<typeof restate.createEndpointHandler>[0]['services'];

/** A Worker that serves these services to our Restate server, and nothing to anybody else. */
export function serve(services: Services): { fetch: (request: Request) => Promise<Response> } {
	const handler = restate.createEndpointHandler({
		services,
		logger: logLine,
		journalValueCodecProvider: plainJournalCodec
	});
	// Without keys no call can be told to be Restate's, so none is served.
	const fromRestate = identityCheck(env.RESTATE_IDENTITY_KEYS?.split(',') ?? []);
	return {
		fetch: async (request) =>
			(await fromRestate(request))
				? handler(request)
				: new Response('Not signed by our Restate server', { status: 401 })
	};
}
