import { audit } from './audit.ts';
import { bulk } from './bulk.ts';
import { change } from './change.ts';
import { checkout } from './checkout.ts';
import { serve } from './endpoint.ts';
import { event } from './event.ts';
import { notification } from './notification.ts';
import { operations } from './operations.ts';
import { payment } from './payment.ts';
import { stripeWebhook } from './stripe-webhook.ts';
import { ticket } from './ticket.ts';
import { userSession } from './user-session.ts';

export default serve([
	ticket,
	checkout,
	userSession,
	event,
	payment,
	notification,
	operations,
	change,
	bulk,
	audit,
	stripeWebhook
]);
