import { z } from 'zod';
import { getJson } from '../ingress.ts';
import { queryRestate } from '../restate-sql.ts';
import { text } from '../../shared/sql.ts';

const storedSeat = z.object({
	status: z.enum(['AVAILABLE', 'RESERVED', 'SOLD']),
	reservedBy: z.string().nullable(),
	reservedUntil: z.number().nullable(),
	orderId: z.string().nullable()
});

export interface StoredSeat extends z.infer<typeof storedSeat> {
	seatId: string;
}

const ledger = z.object({
	intents: z.array(
		z.object({
			status: z.string(),
			amount_refunded: z.number(),
			metadata: z.record(z.string(), z.string())
		})
	)
});

export type LedgerIntent = z.infer<typeof ledger>['intents'][number];

/** Every seat of an event that has ever been touched, as Restate stores it. */
export async function readSeats(adminUrl: string, eventId: string): Promise<StoredSeat[]> {
	const prefix = `${eventId}:`;
	const rows = await queryRestate(
		adminUrl,
		`SELECT service_key, value_utf8 FROM state WHERE service_name = 'Ticket' AND key = 'state'
			AND starts_with(service_key, ${text(prefix)})`,
		z.object({ service_key: z.string(), value_utf8: z.string() })
	);
	return rows.map(({ service_key, value_utf8 }) => ({
		seatId: service_key.slice(prefix.length),
		...storedSeat.parse(JSON.parse(value_utf8))
	}));
}

/** Every payment the sandbox gateway knows. */
export async function readLedger(sandboxUrl: string): Promise<LedgerIntent[]> {
	return ledger.parse(await getJson(`${sandboxUrl}/__ledger`)).intents;
}
