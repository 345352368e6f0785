import { z } from 'zod';
import type { World } from '../../shared/integrity.ts';
import { getJson } from '../ingress.ts';

const seconds = z.number().transform((value) => value * 1_000);

const intent = z
	.object({
		id: z.string(),
		status: z.string(),
		metadata: z.record(z.string(), z.string()),
		amount_received: z.number(),
		amount_refunded: z.number(),
		created: seconds
	})
	.transform(({ metadata, amount_received, amount_refunded, created, ...rest }) => ({
		...rest,
		orderId: metadata['order_id'] ?? null,
		received: amount_received,
		refunded: amount_refunded,
		createdAt: created
	}));

const refund = z
	.object({ id: z.string(), payment_intent: z.string(), status: z.string(), created: seconds })
	.transform(({ payment_intent, created, ...rest }) => ({
		...rest,
		intent: payment_intent,
		createdAt: created
	}));

const mail = z
	.object({ id: z.string(), to: z.array(z.string()), idempotency_key: z.string().nullable() })
	.transform(({ idempotency_key, ...rest }) => ({ ...rest, idempotencyKey: idempotency_key }));

const ledger = z
	.object({ intents: z.array(intent), refunds: z.array(refund), emails: z.array(mail) })
	.transform(({ emails, ...rest }) => ({ ...rest, mails: emails }));

/** Every payment, refund and mail that the sandbox gateway knows. */
export async function readLedger(
	sandboxUrl: string
): Promise<Pick<World, 'intents' | 'refunds' | 'mails'>> {
	return ledger.parse(await getJson(`${sandboxUrl}/__ledger`));
}
