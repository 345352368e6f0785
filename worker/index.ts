import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { audit } from './audit.ts';
import { bulk } from './bulk.ts';
import { change } from './change.ts';
import { checkout } from './checkout.ts';
import { event } from './event.ts';
import { identityCheck } from './identity.ts';
import { plainJournalCodec } from './journal.ts';
import { logLine } from './logging.ts';
import { notification } from './notification.ts';
import { occupancy } from './occupancy.ts';
import { occupancyHistory } from './occupancy-history.ts';
import { operations } from './operations.ts';
import { payment } from './payment.ts';
import { stripeWebhook } from './stripe-webhook.ts';
import { ticket } from './ticket.ts';
import { userSession } from './user-session.ts';

const handler = restate.createEndpointHandler({
	services: [
		ticket,
		checkout,
		userSession,
		event,
		payment,
		notification,
		occupancy,
		occupancyHistory,
		operations,
		change,
		bulk,
		audit,
		stripeWebhook
	],
	logger: logLine,
	journalValueCodecProvider: plainJournalCodec
});

/** Without keys no call can be told to be Restate's, so none is served. */
const fromRestate = identityCheck(env.RESTATE_IDENTITY_KEYS?.split(',') ?? []);

export default {
	fetch: async (request: Request): Promise<Response> =>
		(await fromRestate(request))
			? handler(request)
			: new Response('Not signed by our Restate server', { status: 401 })
};
