import { AVAILABLE, HELD } from '$shared/occupancy.ts';
import type {
	OccupancyChanges,
	OccupancyHead,
	OccupancySnapshot,
	SeatNow
} from '$shared/occupancy.ts';
import { emptyRing, mergeChanges, pushRing, versionsSince } from '$shared/occupancy-ring.ts';
import type { RingIndex } from '$shared/occupancy-ring.ts';
import type { SeatPosition, SnapshotMessage } from '../seat-map/seat-messages.ts';

/** An isolate's copy of an event's picture, with the changes that viewers may have missed. */
export class LivePicture {
	#head: OccupancyHead;
	#codes: Uint8Array;
	#untils: Float64Array;
	#ring: RingIndex;
	readonly #recent = new Map<number, SeatNow[]>();

	constructor({ seats, ...head }: OccupancySnapshot) {
		const { available, held, sold } = head.counts;
		this.#head = head;
		this.#codes = new Uint8Array(available + held + sold);
		this.#untils = new Float64Array(this.#codes.length);
		this.#ring = emptyRing(head.version);
		this.#apply(seats);
	}

	get head(): OccupancyHead {
		return this.#head;
	}

	/** The seats were read again and are as they were. */
	confirm(head: OccupancyHead): void {
		if (head.version === this.#head.version && head.at > this.#head.at) this.#head = head;
	}

	/** Brings the picture from the version that the changes were asked for to theirs. */
	advance(from: number, { seats, reset, ...head }: OccupancyChanges): void {
		// Another request has been quicker: what it was told is the same or newer.
		if (from !== this.#head.version) return;
		if (head.version === from) {
			this.confirm(head);
			return;
		}
		if (reset) {
			this.#codes.fill(AVAILABLE);
			this.#untils.fill(0);
			this.#recent.clear();
			this.#ring = emptyRing(head.version);
		} else {
			const { ring, dropped } = pushRing(this.#ring, head.version, seats.length);
			this.#recent.set(head.version, seats);
			for (const version of dropped) this.#recent.delete(version);
			this.#ring = ring;
		}
		this.#head = head;
		this.#apply(seats);
	}

	/** What a viewer at that version has missed, or undefined when they need the whole picture. */
	since(position: SeatPosition): SeatNow[] | undefined {
		if (position.revision !== this.#head.revision) return undefined;
		const versions = versionsSince(this.#ring, position.version, this.#head.version);
		return versions && mergeChanges(versions.map((version) => this.#recent.get(version) ?? []));
	}

	/** The whole picture in its short form. */
	whole(): Pick<SnapshotMessage, 'codes' | 'base' | 'untils'> {
		const held = [...this.#untils.entries()].filter(([, until]) => until > 0);
		const base = held.reduce((least, [, until]) => Math.min(least, until), Infinity);
		return {
			codes: this.#codes.join(''),
			base: held.length > 0 ? base : 0,
			untils: held.flatMap(([index, until]) => [index, until - base])
		};
	}

	#apply(seats: readonly SeatNow[]): void {
		for (const [index, code, until = 0] of seats) {
			this.#codes[index] = code;
			this.#untils[index] = code === HELD ? until : 0;
		}
	}
}
