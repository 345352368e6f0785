import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { isChangeId } from '../shared/change.ts';
import type { ChangeAnswer, ChangeView, DecisionAnswer, UndoAnswer } from '../shared/change.ts';
import { stepChange } from '../shared/change-machine.ts';
import { ROLES } from '../shared/operator-token.ts';
import { Ask, ask } from './change/ask.ts';
import { advance, carryOutNow } from './change/carry-out.ts';
import { ComerInput, Decide, decide } from './change/decide.ts';
import { recordOfEnd } from './change/record.ts';
import { loadChange, saveChange } from './change/store.ts';
import type { ChangeContext, ChangeStore } from './change/store.ts';
import { undo } from './change/undo.ts';
import { writeAudit } from './audit-write.ts';
import { bulkSend } from './clients.ts';
import { requireOperator } from './operator.ts';
import { MAX_REQUEST_BYTES } from './operations/action.ts';
import { input, UNRECORDED } from './schemas.ts';

/**
 * One change by an operator, from the asking to its end (shared/change.ts). Only Operations asks,
 * decides and undoes, for operators that it has verified. Nothing here waits: a countdown is a
 * message to itself, so an undo is never behind what it is to stop.
 */

const Due = z.object({ until: z.int() });
const Finish = z.object({ message: z.string(), after: z.unknown() });
const Forget = z.object({ endedAt: z.int() });

const internal = <Schema extends z.ZodType>(schema: Schema) => ({
	...input(schema, MAX_REQUEST_BYTES),
	ingressPrivate: true
});

export const change = restate.object({
	name: 'Change',
	handlers: {
		ask: restate.handlers.object.exclusive(
			internal(Ask),
			(ctx: ChangeContext, asked: z.infer<typeof Ask>): Promise<ChangeAnswer> => ask(ctx, asked)
		),

		decide: restate.handlers.object.exclusive(
			internal(Decide),
			(ctx: ChangeContext, request: z.infer<typeof Decide>): Promise<DecisionAnswer> =>
				decide(ctx, request)
		),

		undo: restate.handlers.object.exclusive(
			internal(ComerInput),
			(ctx: ChangeContext, comer: z.infer<typeof ComerInput>): Promise<UndoAnswer> =>
				undo(ctx, comer)
		),

		/** The countdown's timer. It names the end that it was set for; a stale one does nothing. */
		carryOut: restate.handlers.object.exclusive(
			internal(Due),
			async (ctx: ChangeContext, { until }: z.infer<typeof Due>): Promise<void> => {
				const view = await ctx.get('view');
				if (!view) return;
				const step = stepChange(view, { type: 'due', until }, 0);
				if (step.ok && step.changed) await carryOutNow(ctx, step.view);
			}
		),

		/** What went on by itself has come to its end. */
		finish: restate.handlers.object.exclusive(
			internal(Finish),
			async (ctx: ChangeContext, { message, after }: z.infer<typeof Finish>): Promise<void> => {
				const view = await loadChange(ctx);
				const end = { type: 'end', status: 'done', message, invocationIds: [] } as const;
				const done = await advance(ctx, view, end);
				saveChange(ctx, done);
				await writeAudit(ctx, [recordOfEnd(done, { outcome: 'done', after })]);
			}
		),

		/** Clears what nobody will ask for any more. */
		forget: restate.handlers.object.exclusive(
			internal(Forget),
			async (ctx: ChangeContext, { endedAt }: z.infer<typeof Forget>): Promise<void> => {
				const view = await ctx.get('view');
				if (view?.endedAt !== endedAt) return;
				if (view.action === 'bulk') bulkSend(ctx, ctx.key).drop();
				ctx.clearAll();
			}
		),

		/** How it stands. For operators of any role. */
		get: restate.handlers.object.shared(
			UNRECORDED,
			async (ctx: restate.ObjectSharedContext<ChangeStore>): Promise<ChangeView> => {
				await requireOperator(ctx, ROLES);
				if (!isChangeId(ctx.key))
					throw new restate.TerminalError('The key is not the ID of a change', { errorCode: 400 });
				return loadChange(ctx);
			}
		)
	}
});

export type Change = typeof change;
