import { rpc } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { ObjectContext, TypedState } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { isEnded } from '../../shared/change.ts';
import type { ChangeView } from '../../shared/change.ts';
import { changeSend } from '../clients.ts';
import { refused } from '../operations/action.ts';

export interface ChangeStore extends TypedState {
	view: ChangeView;
	/** How long it waits before it is carried out, once that is decided. */
	waitMs: number;
	/** What a way back needs to know; absent when there is none. */
	inverse: unknown;
}

export type ChangeContext = ObjectContext<ChangeStore>;

/** The audit is kept for good; how a change stood is of no use to anybody after this. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** @throws TerminalError 404 when there is no such change, or none any more */
export async function loadChange(ctx: Pick<ChangeContext, 'get' | 'key'>): Promise<ChangeView> {
	const view = await ctx.get('view');
	if (view) return view;
	throw refused({ status: 404, message: `No change "${ctx.key}"` });
}

/** Keeps a change as it is now; one that has ended is forgotten in time. */
export function saveChange(ctx: ChangeContext, view: ChangeView): void {
	ctx.set('view', view);
	const { endedAt } = view;
	if (endedAt === null || !isEnded(view.status)) return;
	const later = rpc.sendOpts<{ endedAt: number }>({ delay: KEPT_MS });
	changeSend(ctx, ctx.key).forget({ endedAt }, later);
}
