import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import type { Operator } from '../shared/operator-token.ts';

export interface AuditEntry {
	action: string;
	target: string;
	reason: string;
	ticketRef?: string | undefined;
	outcome: 'done' | 'refused';
	before: unknown;
	after: unknown;
	invocationIds: string[];
}

/**
 * Appends an operator's action to the audit. The record's ID is the invocation that did it, so a
 * retried step finds its record there and writes no second one.
 */
export async function writeAudit(ctx: Context, actor: Operator, entry: AuditEntry): Promise<void> {
	const { id, headers } = ctx.request();
	const reason = entry.ticketRef ? `${entry.reason} [${entry.ticketRef}]` : entry.reason;
	await ctx.run('Write audit record', () =>
		env.DB.prepare(
			`INSERT INTO audit (id, at, actor, role, action, target, reason, before, after, outcome,
				invocation_ids, request_id)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`
		)
			.bind(
				id,
				Date.now(),
				actor.name,
				actor.role,
				entry.action,
				entry.target,
				reason,
				JSON.stringify(entry.before),
				JSON.stringify(entry.after),
				entry.outcome,
				JSON.stringify(entry.invocationIds),
				headers.get('x-request-id') ?? null
			)
			.run()
			.then(() => undefined)
	);
}
