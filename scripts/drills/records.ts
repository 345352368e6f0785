import { z } from 'zod';
import type { SeatTransition } from '../../shared/seat-history.ts';
import { getJson } from '../ingress.ts';
import { queryRestate } from '../restate-sql.ts';
import { text } from '../../shared/sql.ts';
import { queryD1 } from '../stack/d1.ts';
import type { Settings } from '../stack/settings.ts';
import { until } from '../until.ts';
import { tally } from './evidence.ts';

const intent = z.object({
	id: z.string(),
	status: z.string(),
	amount: z.number(),
	amount_received: z.number(),
	amount_refunded: z.number(),
	metadata: z.record(z.string(), z.string()),
	/** How often its creation was asked for under the one idempotency key. */
	requests: z.number()
});
const mail = z.object({ to: z.array(z.string()), subject: z.string(), requests: z.number() });
const ledger = z.object({ intents: z.array(intent), emails: z.array(mail) });

export type Intent = z.infer<typeof intent>;

const invocation = z.object({
	status: z.string(),
	retry_count: z.number().default(0),
	next_retry_at: z.coerce.date().optional(),
	last_failure: z.string().default(''),
	pinned_deployment_id: z.string().optional(),
	completion_result: z.string().default(''),
	completion_failure: z.string().default('')
});

export type Invocation = z.infer<typeof invocation>;

export interface StoredSeat {
	v: number;
	status: string;
	reservedBy: string | null;
	orderId: string | null;
	epoch: number;
	/** The newest first. */
	history?: SeatTransition[];
	[field: string]: unknown;
}

export interface OrderRow {
	id: string;
	status: string;
	reason: string | null;
	payment_intent: string | null;
	payment_status: string | null;
}

/** What each part of a stack stored, read from where it is stored. */
export class Records {
	readonly #settings: Settings;

	constructor(settings: Settings) {
		this.#settings = settings;
	}

	sql<Row>(query: string, row: z.ZodType<Row>): Promise<Row[]> {
		return queryRestate(this.#settings.urls.admin, query, row);
	}

	/** An object's stored value. */
	async state<T>(service: string, objectKey: string, key: string): Promise<T | undefined> {
		const rows = await this.sql(
			`SELECT value_utf8 FROM state WHERE scope IS NULL AND service_name = ${text(service)}
			AND service_key = ${text(objectKey)} AND key = ${text(key)}`,
			z.object({ value_utf8: z.string() })
		);
		const [row] = rows;
		return row && (JSON.parse(row.value_utf8) as T);
	}

	/** A seat as it is stored. */
	async seat(key: string): Promise<StoredSeat> {
		const stored = await this.state<StoredSeat>('Ticket', key, 'state');
		if (!stored) throw new Error(`seat ${key} has no stored state`);
		return stored;
	}

	/** The statuses of several seats, in their order; one never touched is AVAILABLE. */
	async statuses(keys: readonly string[]): Promise<string[]> {
		const seats = keys.map((key) => this.state<StoredSeat>('Ticket', key, 'state'));
		return (await Promise.all(seats)).map((seat) => seat?.status ?? 'AVAILABLE');
	}

	/** What happened to a seat, oldest first. */
	async events(key: string): Promise<string[]> {
		const stored = await this.state<StoredSeat>('Ticket', key, 'state');
		return (stored?.history ?? []).map(({ event }) => event).reverse();
	}

	async invocation(id: string): Promise<Invocation> {
		const rows = await this.sql(
			`SELECT status, retry_count, next_retry_at, last_failure, pinned_deployment_id,
			completion_result, completion_failure FROM sys_invocation WHERE id = ${text(id)}`,
			invocation
		);
		const [row] = rows;
		if (!row) throw new Error(`Restate knows no invocation ${id}`);
		return row;
	}

	/** How many checkouts ended in which way. */
	async checkoutEndings(): Promise<Record<string, number>> {
		const rows = await this.sql(
			`SELECT completion_result FROM sys_invocation WHERE target_service_name = 'Checkout'
			AND status = 'completed'`,
			z.object({ completion_result: z.string() })
		);
		return tally(rows.map(({ completion_result }) => completion_result));
	}

	/** Names of the durable steps in an invocation's journal. */
	async steps(id: string): Promise<string[]> {
		const rows = await this.sql(
			`SELECT name FROM sys_journal WHERE id = ${text(id)} AND entry_type = 'Command: Run'`,
			z.object({ name: z.string() })
		);
		return rows.map(({ name }) => name);
	}

	async intents(): Promise<Intent[]> {
		return (await this.#ledger()).intents;
	}

	async intentsOf(orderId: string): Promise<Intent[]> {
		return (await this.intents()).filter(({ metadata }) => metadata['order_id'] === orderId);
	}

	async mailsTo(address: string): Promise<z.infer<typeof mail>[]> {
		return (await this.#ledger()).emails.filter(({ to }) => to.includes(address));
	}

	/** What the mails to an address are about, once there is one. */
	mailSubjects(address: string): Promise<string[]> {
		return until(`a mail to ${address}`, async () => {
			const mails = await this.mailsTo(address);
			return mails.length > 0 && mails.map(({ subject }) => subject.split(':')[0] ?? '');
		});
	}

	async #ledger(): Promise<z.infer<typeof ledger>> {
		return ledger.parse(await getJson(`${this.#settings.urls.sandbox}/__ledger`));
	}

	orders(): OrderRow[] {
		return this.d1<OrderRow>(
			'SELECT id, status, reason, payment_intent, payment_status FROM orders ORDER BY created_at'
		);
	}

	/** An order's row once it has reached a final status. */
	order(id: string): Promise<OrderRow> {
		return until(`order ${id} to be final`, () =>
			Promise.resolve(this.orders().find((row) => row.id === id && row.status !== 'OPEN'))
		);
	}

	/** The audit records of actions on a target. */
	auditOf(target: string): { action: string; outcome: string; actor: string }[] {
		return this.d1('SELECT action, outcome, actor FROM audit WHERE target = ?', target);
	}

	d1<Row>(sql: string, ...values: string[]): Row[] {
		return queryD1<Row>(this.#settings.dataDir, sql, ...values);
	}
}
