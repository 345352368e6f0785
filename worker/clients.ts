import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Bulk } from './bulk.ts';
import type { Change } from './change.ts';
import type { Event } from './event.ts';
import type { Notification } from './notification.ts';
import type { Occupancy } from './occupancy.ts';
import type { OccupancyHistory } from './occupancy-history.ts';
import type { Operations } from './operations.ts';
import type { Payment } from './payment.ts';
import type { Ticket } from './ticket.ts';
import type { UserSession } from './user-session.ts';

/** Typed clients of the services that others call, by name, so that no service imports another. */
export const ticketOf = (ctx: Context, key: string) =>
	ctx.objectClient<Ticket>({ name: 'Ticket' }, key);

export const sessionOf = (ctx: Context, userId: string) =>
	ctx.objectClient<UserSession>({ name: 'UserSession' }, userId);

/** One way: the caller goes on at once. */
export const sessionSend = (ctx: Context, userId: string) =>
	ctx.objectSendClient<UserSession>({ name: 'UserSession' }, userId);

/** One way: the caller goes on at once. */
export const paymentSend = (ctx: Context, orderId: string) =>
	ctx.objectSendClient<Payment>({ name: 'Payment' }, orderId);

export const eventOf = (ctx: Context, id: string) => ctx.objectClient<Event>({ name: 'Event' }, id);

export const changeOf = (ctx: Context, id: string) =>
	ctx.objectClient<Change>({ name: 'Change' }, id);

/** One way: whoever ends a change does not wait for it to be noted. */
export const changeSend = (ctx: Context, id: string) =>
	ctx.objectSendClient<Change>({ name: 'Change' }, id);

export const operationsOf = (ctx: Context) => ctx.serviceClient<Operations>({ name: 'Operations' });

export const bulkOf = (ctx: Context, id: string) => ctx.objectClient<Bulk>({ name: 'Bulk' }, id);

/** One way: a job goes on by itself. */
export const bulkSend = (ctx: Context, id: string) =>
	ctx.objectSendClient<Bulk>({ name: 'Bulk' }, id);

/** One way: a slow mail provider holds nobody up. */
export const notify = (ctx: Context) =>
	ctx.serviceSendClient<Notification>({ name: 'Notification' });

/** One way: whoever publishes does not wait for the seats to be read. */
export const occupancySend = (ctx: Context, eventId: string) =>
	ctx.objectSendClient<Occupancy>({ name: 'Occupancy' }, eventId);

/** One way: the picture does not wait for its history to be written. */
export const occupancyHistorySend = (ctx: Context, eventId: string) =>
	ctx.objectSendClient<OccupancyHistory>({ name: 'OccupancyHistory' }, eventId);
