import type { SqlStorage } from '@cloudflare/workers-types';
import { armed, remaining } from './faults.ts';
import type { FaultPlan, GatewayFaults, GatewayName } from './faults.ts';

/** The fault plan in SQLite, with how much of it is used up. */
export class FaultStore {
	readonly #sql: SqlStorage;
	constructor(sql: SqlStorage) {
		this.#sql = sql;
	}

	get(gateway: GatewayName): GatewayFaults {
		const row = this.#sql
			.exec<{ body: string }>('SELECT body FROM faults WHERE gateway = ?', gateway)
			.toArray()[0];
		return row ? (JSON.parse(row.body) as GatewayFaults) : armed({});
	}

	/** Passes a gateway's faults through one of their transitions and keeps what becomes of them. */
	advance<T extends { faults: GatewayFaults }>(
		gateway: GatewayName,
		transition: (faults: GatewayFaults) => T
	): T {
		const before = this.get(gateway);
		const result = transition(before);
		if (result.faults !== before) this.#put(gateway, result.faults);
		return result;
	}

	/** Replaces the whole plan. */
	arm(plan: FaultPlan): void {
		this.#put('payments', armed(plan.payments));
		this.#put('emails', armed(plan.emails));
	}

	/** What is left of the plan. */
	plan(): FaultPlan {
		return { payments: remaining(this.get('payments')), emails: remaining(this.get('emails')) };
	}

	#put(gateway: GatewayName, faults: GatewayFaults): void {
		this.#sql.exec(
			'INSERT INTO faults VALUES (?, ?) ON CONFLICT (gateway) DO UPDATE SET body = excluded.body',
			gateway,
			JSON.stringify(faults)
		);
	}
}
