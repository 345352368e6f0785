import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { checkout } from './checkout.ts';
import { event } from './event.ts';
import { plainJournalCodec } from './journal.ts';
import { logLine } from './logging.ts';
import { notification } from './notification.ts';
import { operations } from './operations.ts';
import { payment } from './payment.ts';
import { stripeWebhook } from './stripe-webhook.ts';
import { ticket } from './ticket.ts';
import { userSession } from './user-session.ts';

const identityKeys = env.RESTATE_IDENTITY_KEYS?.split(',') ?? [];

const handler = restate.createEndpointHandler({
	services: [
		ticket,
		checkout,
		userSession,
		event,
		payment,
		notification,
		operations,
		stripeWebhook
	],
	identityKeys,
	logger: logLine,
	journalValueCodecProvider: plainJournalCodec
});

/** Without identity keys anyone could call the handlers behind Restate's back: fail closed. */
const unsigned = () =>
	Promise.resolve(new Response('Restate identity keys are not set', { status: 401 }));

export default {
	fetch: identityKeys.length > 0 || env.NEXUS_MODE === 'local' ? handler : unsigned
};
