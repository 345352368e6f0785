import type { SeatNow } from '$shared/occupancy.ts';

/** What an event's stream tells of its seats. Nobody who holds a seat is named in it. */

/** A version of the picture, which a stream can be resumed from. */
export interface SeatPosition {
	revision: number;
	version: number;
}

/** Every message has these; one without seats says only that nothing changed. */
export interface BeatMessage {
	/** When the seats were read, and when this was sent, by the servers' clock. */
	at: number;
	now: number;
	revision: number;
	onSale: boolean;
}

/** What changed since the message before. */
export interface DeltaMessage extends BeatMessage {
	seats: SeatNow[];
}

/** The whole picture. */
export interface SnapshotMessage extends BeatMessage {
	/** Stored status by seat index, one digit a seat. */
	codes: string;
	/** Seat index and deadline of each hold, in turn; deadlines count from `base`. */
	base: number;
	untils: number[];
}

/** Told in place of a message while the seats cannot be read. */
export interface StaleMessage {
	since: number;
	message: string;
}

/** The stream's event ID. */
export const formatPosition = ({ revision, version }: SeatPosition): string =>
	`${revision}.${version}`;

/** Reads what the browser says it saw last; undefined for nothing, or nothing of ours. */
export function parsePosition(text: string | null): SeatPosition | undefined {
	const [, revision, version] = /^(\d{1,9})\.(\d{1,15})$/.exec(text ?? '') ?? [];
	if (revision === undefined || version === undefined) return undefined;
	return { revision: Number(revision), version: Number(version) };
}
