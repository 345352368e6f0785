import { isKeyPart } from '$shared/seat-key.ts';
import { ATTENTION_REASONS } from '../attention.ts';
import type { AttentionReason, StuckSeat } from '../attention.ts';
import type { Release, ReleasePlan } from '../preview/bulk-release.ts';
import type { Preview } from '../preview/preview.ts';

/** A bulk release of an event's stuck seats that an operator thinks of. Its address says all of it. */
export interface ReleaseAsk {
	eventId: string;
	/** IDs in the event's plan; null for all that are stuck. */
	seats: readonly string[] | null;
	/** Only those that are stuck for this; null for whatever reason. */
	stuck: AttentionReason | null;
	/** Whether checkouts that are under way are cancelled first. */
	force: boolean;
}

/** A bulk release before it is asked for. */
export interface ReleaseOffer {
	ask: ReleaseAsk;
	plan: ReleasePlan;
	/** Those that were chosen and are stuck no more. */
	gone: string[];
	/** Whether some are of checkouts under way, so that there is something to choose. */
	mayForce: boolean;
	preview: Preview;
	seal: string;
	intentId: string;
	readAt: number;
}

export type ParsedReleaseAsk = { ok: true; value: ReleaseAsk } | { ok: false; message: string };

/** Reads what is asked for from an address, or says which part it cannot read. */
export function parseReleaseAsk(params: URLSearchParams): ParsedReleaseAsk {
	const eventId = params.get('event')?.trim() ?? '';
	if (!isKeyPart(eventId)) return fail(`"${eventId}" is not an event ID`);
	const all = params.get('all') === 'on';
	const seats = [...new Set(params.getAll('seat'))];
	const unknown = seats.find((seat) => !isKeyPart(seat));
	if (!all && unknown !== undefined) return fail(`"${unknown}" is not a seat of a plan`);
	const named = params.get('stuck') ?? '';
	const stuck = ATTENTION_REASONS.find((known) => known === named) ?? null;
	if (named !== '' && stuck === null)
		return fail(`"stuck" is "${named}": use one of ${ATTENTION_REASONS.join(', ')}`);
	const force = params.get('force') === 'on';
	return { ok: true, value: { eventId, seats: all ? null : seats, stuck, force } };
}

/** The parameters that say it again. */
export function printReleaseAsk({ eventId, seats, stuck, force }: ReleaseAsk): URLSearchParams {
	const params = new URLSearchParams({ event: eventId });
	if (seats === null) params.set('all', 'on');
	for (const seat of seats ?? []) params.append('seat', seat);
	if (stuck !== null) params.set('stuck', stuck);
	if (force) params.set('force', 'on');
	return params;
}

/** Those of the stuck seats that are meant, and those that are meant and not stuck. */
export function chooseStuck(
	{ seats, stuck }: Pick<ReleaseAsk, 'seats' | 'stuck'>,
	found: readonly StuckSeat[]
): { chosen: StuckSeat[]; gone: string[] } {
	const meant = stuck === null ? found : found.filter(({ reason }) => reason === stuck);
	if (seats === null) return { chosen: [...meant], gone: [] };
	const wanted = new Set(seats);
	const chosen = meant.filter(({ seat }) => wanted.has(seat));
	for (const { seat } of chosen) wanted.delete(seat);
	return { chosen, gone: [...wanted] };
}

/** The frozen choice as a form's field: a key, an epoch and how, a line. */
export const printReleases = (releases: readonly Release[]): string =>
	releases.map(({ seat, epoch, force }) => `${seat} ${epoch}${force ? ' force' : ''}`).join('\n');

/** Reads it back. Whether it is what was shown, its digest tells. */
export const readReleases = (text: string): Release[] =>
	text
		.split(/\r?\n/)
		.filter((line) => line !== '')
		.map((line) => {
			const [seat = '', epoch, how] = line.split(' ');
			return { seat, epoch: Number(epoch), force: how === 'force' };
		});

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });
