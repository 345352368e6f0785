import { formatSeatKey } from '$shared/seat-key.ts';
import { BULK_LIMIT, MAX_BULK } from '$shared/change.ts';
import type { StuckSeat } from '../attention.ts';
import { plainly, say } from './preview.ts';
import type { Consequence, Preview } from './preview.ts';
import { counted } from './words.ts';

/** One seat that a bulk release names, as it was when the choice was frozen. */
export interface Release {
	/** The seat's key. */
	seat: string;
	/** It is released only while this is still its epoch. */
	epoch: number;
	/** Its checkout is under way and is cancelled first. */
	force: boolean;
}

/** What becomes of the seats that were chosen. */
export interface ReleasePlan {
	releases: Release[];
	/** Seats whose checkout is gone: each is released by itself. */
	loose: StuckSeat[];
	/** Checkouts that are cancelled first, each with its seats: they come free together. */
	cancelled: StuckSeat[][];
	/** Seats of checkouts under way that are not to be cancelled. */
	left: StuckSeat[];
}

/**
 * Which releases free the chosen seats. A checkout that is cancelled gives back all its seats at
 * once, so one release stands for all of them: a second would find its seat moved on.
 *
 * @param force whether checkouts that are under way are cancelled first
 */
export function planReleases(
	eventId: string,
	chosen: readonly StuckSeat[],
	force: boolean
): ReleasePlan {
	const loose = chosen.filter(({ checkoutLive }) => !checkoutLive);
	const live = chosen.filter(({ checkoutLive }) => checkoutLive);
	const cancelled = force ? [...Map.groupBy(live, ({ checkoutId }) => checkoutId).values()] : [];
	const named = [...loose, ...cancelled.flatMap((seats) => seats.slice(0, 1))];
	return {
		...{ loose, cancelled, left: force ? [] : live },
		releases: named.map(({ seat, epoch, checkoutLive }) => ({
			...{ seat: formatSeatKey({ eventId, seatId: seat }), epoch, force: checkoutLive }
		}))
	};
}

/** What a bulk release does. Seats that moved on meanwhile are refused one by one. */
export function previewReleases(plan: ReleasePlan): Preview {
	const { releases, loose, cancelled, left } = plan;
	const freed = [...loose, ...cancelled.flat()];
	const holders = [...new Set(freed.flatMap(({ holder }) => holder ?? []))];
	return plainly(
		[
			...(loose.length > 0 ? ofLoose(loose) : []),
			...(cancelled.length > 0 ? ofCancelled(cancelled) : []),
			...(left.length > 0 ? [ofLeft(left)] : []),
			say(
				'note',
				'One by one, in a durable job that can be stopped; a seat that has moved on from what is listed here is refused and left alone.'
			)
		],
		{
			affected: holders,
			numbers: { seats: freed.length, amount: null, currency: null },
			refusal: whyNot(plan),
			approvalFor: approvalFor(releases)
		}
	);
}

const ofLoose = (loose: readonly StuckSeat[]): Consequence[] => [
	say('seat', `${counted(loose.length, 'hold')} without a live checkout: ${free(loose)}.`, 'warn'),
	say('money', 'No checkout uses them any more, so no payment is touched.'),
	say('mail', 'Their holders are not told.')
];

const ofCancelled = (cancelled: readonly (readonly StuckSeat[])[]): Consequence[] => {
	const seats = cancelled.flat();
	return [
		say(
			'child',
			`${counted(cancelled.length, 'checkout')} under way ${cancelled.length === 1 ? 'is' : 'are'} cancelled first: ${free(seats)}, with whatever other seats ${cancelled.length === 1 ? 'it holds' : 'they hold'}.`,
			'bad'
		),
		say(
			'compensation',
			'Each undoes what it did: its payment is voided or refunded, and its buyer is told by mail where one is known.'
		)
	];
};

const ofLeft = (left: readonly StuckSeat[]): Consequence =>
	say(
		'note',
		`${counted(left.length, 'seat')} of checkouts under way ${left.length === 1 ? 'is' : 'are'} left alone, as ${left.length === 1 ? 'its buyer' : 'their buyers'} may be paying: ${names(left)}.`,
		'warn'
	);

/** More names than this nobody reads; they are listed beside the preview. */
const NAMED = 8;

function names(seats: readonly StuckSeat[]): string {
	const more = seats.length - NAMED;
	const named = seats.slice(0, NAMED).map(({ seat }) => seat);
	return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const free = (seats: readonly StuckSeat[]): string =>
	`${counted(seats.length, 'seat')} ${seats.length === 1 ? 'comes' : 'come'} free (${names(seats)})`;

function whyNot({ releases, left }: ReleasePlan): string | null {
	if (releases.length > MAX_BULK) return `More than ${MAX_BULK} at once: choose some of them.`;
	if (releases.length > 0) return null;
	return left.length > 0
		? 'All of them are of checkouts under way. Have those cancelled first, or leave them.'
		: 'None is chosen, or none is stuck any more: there is nothing to release.';
}

function approvalFor(releases: readonly Release[]): string | null {
	if (releases.some(({ force }) => force))
		return 'Cancelling checkouts for their seats needs a second person.';
	return releases.length > BULK_LIMIT
		? `More than ${BULK_LIMIT} at once need a second person.`
		: null;
}
