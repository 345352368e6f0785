import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import type { ChainedRecord, ChainHead } from '../shared/audit-chain.ts';
import { ROLES } from '../shared/operator-token.ts';
import { chainEntries, chainOlderRecords, emptyChain, insertRecords } from './audit-store.ts';
import type { AuditEntry } from './audit-store.ts';
import { AUDIT_KEY } from './audit-write.ts';
import { requireOperator } from './operator.ts';
import { input, UNRECORDED } from './schemas.ts';

/**
 * The one writer of the audit, so that its records are a chain (shared/audit-chain.ts). Records are
 * given their places and kept here before they go to D1: whatever interrupts the writing, the next
 * append first writes what was left over. A record that was written is known by its ID.
 */

const Entry: z.ZodType<AuditEntry> = z.object({
	id: z.string(),
	actor: z.string(),
	role: z.string(),
	action: z.string(),
	target: z.string(),
	reason: z.string(),
	ticket_ref: z.string().nullable(),
	before: z.string().nullable(),
	after: z.string().nullable(),
	outcome: z.string(),
	invocation_ids: z.string(),
	request_id: z.string().nullable(),
	change_id: z.string().nullable(),
	preview: z.string().nullable(),
	approvals: z.string().nullable()
});

/** Records come one by one, or as many as a bulk change makes in one go. */
const MAX_BYTES = 2 * 1024 * 1024;

interface AuditStore extends restate.TypedState {
	/** The newest record that has a place. */
	head: ChainHead;
	/** Records with a place that may not be in D1 yet. */
	pending: ChainedRecord[];
}

type Context = restate.ObjectContext<AuditStore>;

export const audit = restate.object({
	name: 'Audit',
	handlers: {
		append: restate.handlers.object.exclusive(
			{ ...input(z.array(Entry), MAX_BYTES), ingressPrivate: true },
			async (ctx: Context, entries: AuditEntry[]): Promise<void> => {
				const leftOver = (await ctx.get('pending')) ?? [];
				if (leftOver.length > 0)
					await ctx.run('Write records left over', () => insertRecords(env.DB, leftOver));
				const head =
					(await ctx.get('head')) ??
					(await ctx.run('Chain older records', () => chainOlderRecords(env.DB)));
				const records = await ctx.run('Chain records', () =>
					chainEntries(env.DB, head, entries, Date.now())
				);
				const last = records.at(-1) ?? head;
				ctx.set('head', { seq: last.seq, hash: last.hash });
				ctx.set('pending', records);
				await ctx.run('Write records', () => insertRecords(env.DB, records));
				ctx.clear('pending');
			}
		),

		/** The newest record that was written. For operators of any role. */
		head: restate.handlers.object.shared(
			UNRECORDED,
			async (ctx: restate.ObjectSharedContext<AuditStore>): Promise<ChainHead> => {
				await requireOperator(ctx, ROLES);
				if (ctx.key !== AUDIT_KEY)
					throw new restate.TerminalError(`There is one audit: its key is "${AUDIT_KEY}"`, {
						errorCode: 404
					});
				const [first] = (await ctx.get('pending')) ?? [];
				if (first) return { seq: first.seq - 1, hash: first.prev_hash };
				return (await ctx.get('head')) ?? emptyChain();
			}
		)
	}
});

export type Audit = typeof audit;
