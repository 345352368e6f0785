import type { SqlStorage } from '@cloudflare/workers-types';
import type { Execution } from './answer.ts';
import { KEY_LIFETIME_MS } from './idempotency.ts';
import type { SavedCall } from './idempotency.ts';
import type { GatewayName } from './faults.ts';

/** A saved call with its answer. */
export interface StoredCall extends SavedCall {
	seq: number;
	status: number;
	answer: string;
}

/** A call as the ledger lists it. */
export interface CallRecord {
	object: string | null;
	operation: string;
	idempotency_key: string | null;
	status: number;
	requests: number;
	at: string;
}

interface NewCall extends SavedCall {
	gateway: GatewayName;
	key: string | null;
	execution: Execution;
	status: number;
	answer: unknown;
}

/** Executed requests in SQLite: the idempotency answers, and how often each was asked for. */
export class CallStore {
	readonly #sql: SqlStorage;
	constructor(sql: SqlStorage) {
		this.#sql = sql;
	}

	/** The newest call under a key whose answer is still kept. */
	find(gateway: GatewayName, key: string): StoredCall | undefined {
		return this.#sql
			.exec<{
				seq: number;
				endpoint: string;
				parameters: string;
				at: number;
				readyAt: number;
				status: number;
				answer: string;
			}>(
				`SELECT seq, endpoint, parameters, at, ready_at AS readyAt, status, answer FROM calls
				WHERE gateway = ? AND key = ? AND answer IS NOT NULL ORDER BY at DESC LIMIT 1`,
				gateway,
				key
			)
			.toArray()[0];
	}

	/** Counts one more request for a call that was executed before. */
	countRepeat(seq: number): void {
		this.#sql.exec('UPDATE calls SET requests = requests + 1 WHERE seq = ?', seq);
	}

	/** Records a call, and forgets the answers whose keys have outlived their day. */
	insert(call: NewCall): void {
		this.#sql.exec(
			`UPDATE calls SET answer = NULL, parameters = NULL WHERE answer IS NOT NULL AND at <= ?`,
			call.at - KEY_LIFETIME_MS
		);
		this.#sql.exec(
			`INSERT INTO calls
				(gateway, endpoint, operation, key, object, at, ready_at, status, parameters, answer)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			call.gateway,
			call.endpoint,
			call.execution.operation,
			call.key,
			call.execution.object,
			call.at,
			call.readyAt,
			call.status,
			call.key === null ? null : call.parameters,
			call.key === null ? null : JSON.stringify(call.answer)
		);
	}

	/** Every call, oldest first. */
	all(): CallRecord[] {
		return this.#sql
			.exec<{
				object: string | null;
				operation: string;
				key: string | null;
				status: number;
				requests: number;
				at: number;
			}>('SELECT object, operation, key, status, requests, at FROM calls ORDER BY seq')
			.toArray()
			.map(({ key, at, ...call }) => ({
				...call,
				idempotency_key: key,
				at: new Date(at).toISOString()
			}));
	}
}
