import type { SqlStorage } from '@cloudflare/workers-types';
import type { Intent } from './intent.ts';
import type { SearchClause } from './search-query.ts';
import type { Page, Refund } from './stripe-objects.ts';

interface PageRequest {
	limit: number;
	/** The ID of the last item of the page before. */
	startingAfter?: string | undefined;
}

/** Payment intents and refunds in SQLite; every access but `all…` is by index. */
export class PaymentStore {
	readonly #sql: SqlStorage;
	constructor(sql: SqlStorage) {
		this.#sql = sql;
	}

	intent(id: string): Intent | undefined {
		return this.#read<Intent>('SELECT body FROM intents WHERE id = ?', id)[0];
	}

	insertIntent(intent: Intent): void {
		const { seq } = this.#sql
			.exec<{
				seq: number;
			}>(
				'INSERT INTO intents (id, status, body) VALUES (?, ?, ?) RETURNING seq',
				intent.id,
				intent.status,
				JSON.stringify(intent)
			)
			.one();
		for (const [key, value] of Object.entries(intent.metadata)) {
			this.#sql.exec('INSERT INTO intent_metadata VALUES (?, ?, ?)', key, value, seq);
		}
	}

	updateIntent(intent: Intent): void {
		this.#sql.exec(
			'UPDATE intents SET status = ?, body = ? WHERE id = ?',
			intent.status,
			JSON.stringify(intent),
			intent.id
		);
	}

	/** Intents that meet every clause, newest first. */
	searchIntents(clauses: SearchClause[], { limit, startingAfter }: PageRequest): Page<Intent> {
		const bindings: (string | number)[] = [];
		const conditions = clauses.map((clause): string => {
			if (clause.field === 'status') {
				bindings.push(clause.value);
				return 'status = ?';
			}
			bindings.push(clause.key, clause.value);
			return 'seq IN (SELECT intent FROM intent_metadata WHERE key = ? AND value = ?)';
		});
		if (startingAfter !== undefined) {
			conditions.push('seq < (SELECT seq FROM intents WHERE id = ?)');
			bindings.push(startingAfter);
		}
		const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
		return this.#page(`SELECT body FROM intents ${where}`, bindings, limit);
	}

	refund(id: string): Refund | undefined {
		return this.#read<Refund>('SELECT body FROM refunds WHERE id = ?', id)[0];
	}

	insertRefund(refund: Refund): void {
		this.#sql.exec(
			'INSERT INTO refunds (id, intent, body) VALUES (?, ?, ?)',
			refund.id,
			refund.intent,
			JSON.stringify(refund)
		);
	}

	/** The bank has answered: what pended has succeeded. */
	settleRefunds(): void {
		this.#sql.exec(
			"UPDATE refunds SET body = json_remove(body, '$.snag') WHERE body ->> 'snag' = 'pending'"
		);
	}

	/** Refunds, of one intent or of all, newest first. */
	listRefunds(intent: string | undefined, { limit, startingAfter }: PageRequest): Page<Refund> {
		const conditions = ['true'];
		const bindings: string[] = [];
		if (intent !== undefined) {
			conditions.push('intent = ?');
			bindings.push(intent);
		}
		if (startingAfter !== undefined) {
			conditions.push('seq < (SELECT seq FROM refunds WHERE id = ?)');
			bindings.push(startingAfter);
		}
		return this.#page(
			`SELECT body FROM refunds WHERE ${conditions.join(' AND ')}`,
			bindings,
			limit
		);
	}

	/** Every intent, oldest first. */
	allIntents(): Intent[] {
		return this.#read<Intent>('SELECT body FROM intents ORDER BY seq');
	}

	/** Every refund, oldest first. */
	allRefunds(): Refund[] {
		return this.#read<Refund>('SELECT body FROM refunds ORDER BY seq');
	}

	#page<T>(select: string, bindings: (string | number)[], limit: number): Page<T> {
		const rows = this.#read<T>(`${select} ORDER BY seq DESC LIMIT ?`, ...bindings, limit + 1);
		return { items: rows.slice(0, limit), hasMore: rows.length > limit };
	}

	#read<T>(query: string, ...bindings: (string | number)[]): T[] {
		return this.#sql
			.exec<{ body: string }>(query, ...bindings)
			.toArray()
			.map(({ body }) => JSON.parse(body) as T);
	}
}
