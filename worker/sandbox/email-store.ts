import type { SqlStorage } from '@cloudflare/workers-types';

/** A mail as it is kept and shown. */
export interface SentEmail {
	id: string;
	object: 'email';
	created_at: string;
	from: string;
	to: string[];
	subject: string;
	html: string | null;
	text: string | null;
	cc: string[];
	bcc: string[];
	reply_to: string[];
	tags: { name: string; value: string }[];
	last_event: 'delivered';
}

/** Mails in SQLite. */
export class EmailStore {
	readonly #sql: SqlStorage;
	constructor(sql: SqlStorage) {
		this.#sql = sql;
	}

	email(id: string): SentEmail | undefined {
		return this.#read('SELECT body FROM emails WHERE id = ?', id)[0];
	}

	insert(email: SentEmail): void {
		this.#sql.exec('INSERT INTO emails (id, body) VALUES (?, ?)', email.id, JSON.stringify(email));
	}

	/** Every mail, oldest first. */
	all(): SentEmail[] {
		return this.#read('SELECT body FROM emails ORDER BY seq');
	}

	#read(query: string, ...bindings: string[]): SentEmail[] {
		return this.#sql
			.exec<{ body: string }>(query, ...bindings)
			.toArray()
			.map(({ body }) => JSON.parse(body) as SentEmail);
	}
}
