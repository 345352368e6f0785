import { isOrderId } from '$shared/order.ts';
import { isKeyPart, parseSeatKey } from '$shared/seat-key.ts';
import { isInvocationId } from '../invocation.ts';
import { KIND_LOOKS, KINDS } from './kinds.ts';
import type { Kind, TargetKind } from './kinds.ts';

/** A change that an operator thinks of: which, on what, and how. Its address says all of it. */
export interface Ask {
	kind: Kind;
	target: string;
	/** Of a release: whether a checkout under way is cancelled first. */
	force: boolean;
	/** Of an extension. */
	minutes: number;
	/** Of a refund: as typed, in the currency's own units; empty for all that is left. */
	amount: string;
	/** Of a resume: whether it goes on with the latest code. */
	latest: boolean;
	/** Of a restart: the last journal entry that is kept. */
	from: number;
}

export const USUAL_MINUTES = 5;
export const MAX_MINUTES = 15;

export type ParsedAsk = { ok: true; value: Ask } | { ok: false; message: string };

/** Reads what is asked for from an address, or says which part it cannot read. */
export function parseAsk(params: URLSearchParams): ParsedAsk {
	const named = params.get('what') ?? '';
	const kind = KINDS.find((known) => known === named);
	if (!kind) return fail(`"${named}" is not a change; use one of ${KINDS.join(', ')}`);
	const target = params.get('target')?.trim() ?? '';
	const { on } = KIND_LOOKS[kind];
	if (!IS[on](target)) return fail(`"${target}" is not ${WANTED[on]}`);
	const minutes = Number(params.get('minutes') ?? USUAL_MINUTES);
	if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_MINUTES)
		return fail(`"minutes" is a whole number from 1 to ${MAX_MINUTES}`);
	const from = Number(params.get('from') ?? 0);
	if (!Number.isInteger(from) || from < 0 || from > 1_000_000)
		return fail('"from" is the index of a journal entry');
	return {
		ok: true,
		value: {
			...{ kind, target, minutes, from },
			force: params.get('force') === 'on',
			amount: params.get('amount')?.trim() ?? '',
			latest: params.get('deployment') === 'latest'
		}
	};
}

/** The parameters that say it again; what is usual is left out. */
export function printAsk(ask: Pick<Ask, 'kind' | 'target'> & Partial<Ask>): URLSearchParams {
	const { kind, target, force, minutes, amount, latest, from } = ask;
	const params = new URLSearchParams({ what: kind, target });
	if (force) params.set('force', 'on');
	if (minutes !== undefined && minutes !== USUAL_MINUTES) params.set('minutes', String(minutes));
	if (amount) params.set('amount', amount);
	if (latest) params.set('deployment', 'latest');
	if (from) params.set('from', String(from));
	return params;
}

const IS: Record<TargetKind, (text: string) => boolean> = {
	seat: (text) => parseSeatKey(text) !== undefined,
	order: isOrderId,
	invocation: isInvocationId,
	event: isKeyPart
};

const WANTED: Record<TargetKind, string> = {
	seat: 'a seat key: one is <event>:<seat>, such as concert-1:S1-A-7',
	order: 'an order ID: one is ord_ and letters and digits',
	invocation: 'an invocation ID: one looks like inv_1hhQ7UzvcB1W6uqI…',
	event: 'an event ID: one is 1 to 64 of A-Z a-z 0-9 . _ -'
};

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });
