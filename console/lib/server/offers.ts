import { MAX_PREVIEW, MAX_SENTENCE } from '$shared/change.ts';
import type { InvocationAct } from '$shared/change.ts';
import { sumUpMoney } from '$shared/money-report.ts';
import { money as amountOf } from '../format.ts';
import { isCompleted } from '../invocation.ts';
import type { InvocationStatus } from '../invocation.ts';
import { parseAmount } from '../operations/amount.ts';
import type { Ask } from '../operations/ask.ts';
import type { Offer } from '../operations/offer.ts';
import type { Requested } from '../operations/requests.ts';
import type { Actor } from '../permissions.ts';
import { previewCancel, previewCheckoutCancel } from '../preview/cancel.ts';
import type { InvocationFacts } from '../preview/facts.ts';
import {
	previewPause,
	previewPurge,
	previewResume,
	previewRetry
} from '../preview/invocation-acts.ts';
import { previewCheckoutKill, previewKill } from '../preview/kill.ts';
import { previewResend } from '../preview/order-mail.ts';
import { sentencesOf } from '../preview/preview.ts';
import type { Preview } from '../preview/preview.ts';
import { previewRefund, refundable } from '../preview/refund.ts';
import { previewRestart, restartPoints } from '../preview/restart.ts';
import { previewSale } from '../preview/sale.ts';
import { previewExtend, previewForceRelease } from '../preview/seat.ts';
import type { SettledStatus } from '$shared/order.ts';
import { isCheckout, readInvocationFacts, readOrderFacts } from './preview-facts.ts';
import type { Ports } from './ports.ts';
import { readSale } from './sale-facts.ts';
import { seal } from './seal.ts';
import type { D1Database } from '@cloudflare/workers-types';
import { UpstreamError } from './upstream-error.ts';

export interface OfferSources extends Ports {
	db: D1Database;
	/** The console's signing key. */
	secret: string;
}

/** A change as it would be made now. */
interface Draft {
	preview: Preview;
	requested: Requested;
	choices?: Offer['choices'];
}

/**
 * Looks at what a change would be made to and says what it would do.
 *
 * @throws UpstreamError 404 when there is no such thing, 400 for an amount that is none
 */
export async function makeOffer(sources: OfferSources, actor: Actor, ask: Ask): Promise<Offer> {
	const { preview, requested, choices = {} } = await draft(sources, actor, ask);
	const sentences = keptSentences(preview);
	return {
		...{ ask, preview, choices },
		seal: await seal(sources.secret, { requested, preview: sentences }),
		intentId: crypto.randomUUID(),
		readAt: Date.now()
	};
}

/** As many, and as much of each, as is kept with a change. */
export const keptSentences = (preview: Preview): string[] =>
	sentencesOf(preview)
		.slice(0, MAX_PREVIEW)
		.map((text) => (text.length > MAX_SENTENCE ? `${text.slice(0, MAX_SENTENCE - 1)}…` : text));

function draft(sources: OfferSources, actor: Actor, ask: Ask): Promise<Draft> {
	switch (ask.kind) {
		case 'forceRelease':
			return draftRelease(sources, actor, ask);
		case 'extendHold':
			return draftExtension(sources, ask);
		case 'cancelCheckout':
			return draftCancel(sources, actor, ask);
		case 'refundOrder':
			return draftRefund(sources, actor, ask);
		case 'resendEmail':
			return draftResend(sources, ask);
		case 'pauseSale':
		case 'resumeSale':
			return draftSale(sources, ask, ask.kind);
		default:
			return draftAct(sources, actor, ask, ask.kind);
	}
}

async function draftRelease(sources: OfferSources, actor: Actor, ask: Ask): Promise<Draft> {
	const seat = await sources.nexus.seat(ask.target);
	const owner =
		seat.checkoutId === null || seat.status === 'SOLD'
			? undefined
			: await readInvocationFacts(sources, actor, seat.checkoutId);
	const checkout = owner && isCheckout(owner) ? owner : null;
	const live = checkout !== null && !isCompleted(checkout.status);
	const force = ask.force && live;
	return {
		preview: previewForceRelease(seat, checkout, force),
		choices: { force: live },
		requested: {
			action: 'forceRelease',
			request: { seat: ask.target, expect: { epoch: seat.epoch }, force }
		}
	};
}

async function draftExtension({ nexus }: OfferSources, { target, minutes }: Ask): Promise<Draft> {
	const seat = await nexus.seat(target);
	return {
		preview: previewExtend(seat, minutes),
		requested: {
			action: 'extendHold',
			request: { seat: target, minutes, expect: { epoch: seat.epoch } }
		}
	};
}

async function draftCancel(sources: OfferSources, actor: Actor, { target }: Ask): Promise<Draft> {
	const facts = found(await readInvocationFacts(sources, actor, target), `invocation ${target}`);
	if (!isCheckout(facts))
		throw new UpstreamError('bad-request', `${target} is not a checkout`, { status: 400 });
	return {
		preview: previewCheckoutCancel(facts),
		requested: {
			action: 'cancelCheckout',
			request: { invocationId: target, expect: { status: seenStatus(facts.status) } }
		}
	};
}

async function draftRefund(
	sources: OfferSources,
	actor: Actor,
	{ target, amount: typed }: Ask
): Promise<Draft> {
	const facts = found(await readOrderFacts(sources, actor, target), `order ${target}`);
	const { currency } = facts.order;
	const parsed = parseAmount(typed, currency);
	const amount = parsed.ok ? parsed.value : null;
	const preview = previewRefund(facts, amount);
	const left = refundable(facts);
	return {
		preview: parsed.ok ? preview : { ...preview, consequences: [], refusal: parsed.message },
		// A part is given back of a confirmed order only.
		choices:
			facts.order.status === 'CONFIRMED'
				? { currency, ...(left !== null && { left: amountOf(left, currency) }) }
				: {},
		requested: {
			action: 'refundOrder',
			request: {
				orderId: target,
				...(amount !== null && { amount }),
				expect: {
					// Of an order that is still open the preview refuses, and the service would.
					status: facts.order.status as SettledStatus,
					...(facts.money.ok && { refunded: sumUpMoney(facts.money.value).returned })
				}
			}
		}
	};
}

async function draftResend({ orders }: OfferSources, { target }: Ask): Promise<Draft> {
	const order = found(await orders.byId(target), `order ${target}`);
	return {
		preview: previewResend(order),
		requested: {
			action: 'resendEmail',
			// Of an order that is still open the preview refuses, and the service would.
			request: { orderId: target, expect: { status: order.status as SettledStatus } }
		}
	};
}

async function draftSale(
	{ admin, db }: OfferSources,
	{ target }: Ask,
	kind: 'pauseSale' | 'resumeSale'
): Promise<Draft> {
	const sale = found(await readSale(admin, db, target), `event ${target}`);
	return {
		preview: previewSale(sale, kind === 'resumeSale'),
		requested: {
			action: kind,
			request: { eventId: target, expect: { onSale: sale.onSale } }
		}
	};
}

async function draftAct(
	sources: OfferSources,
	actor: Actor,
	ask: Ask,
	act: InvocationAct
): Promise<Draft> {
	const { target, latest, from } = ask;
	const facts = found(await readInvocationFacts(sources, actor, target), `invocation ${target}`);
	const { deployment } = facts;
	return {
		preview: previewOfAct(act, facts, ask),
		choices: {
			...(act === 'restart' && { points: restartPoints(facts) }),
			...(act === 'resume' && {
				newer: deployment !== null && deployment.latest !== deployment.id
			})
		},
		requested: {
			action: 'invocation',
			request: {
				...{ invocationId: target, act, expect: { status: seenStatus(facts.status) } },
				...(act === 'resume' && { deployment: latest ? 'latest' : 'keep' }),
				...(act === 'restart' && from > 0 && { fromEntry: from })
			}
		}
	};
}

function previewOfAct(act: InvocationAct, facts: InvocationFacts, { latest, from }: Ask): Preview {
	switch (act) {
		case 'cancel':
			return isCheckout(facts) ? previewCheckoutCancel(facts) : previewCancel(facts);
		case 'kill':
			return isCheckout(facts) ? previewCheckoutKill(facts) : previewKill(facts);
		case 'retry':
			return previewRetry(facts);
		case 'resume':
			return previewResume(facts, latest);
		case 'pause':
			return previewPause(facts);
		case 'restart':
			return previewRestart(facts, from);
		case 'purge':
			return previewPurge(facts);
	}
}

/** How an invocation ended is the console's own reading: to Restate all those are completed. */
export const seenStatus = (status: InvocationStatus): string =>
	isCompleted(status) ? 'completed' : status;

function found<T>(thing: T | undefined, name: string): T {
	if (thing !== undefined) return thing;
	throw new UpstreamError('not-found', `There is no ${name}`, { status: 404 });
}
