import type { OccupancySeries, OccupancySnapshot } from '../../shared/occupancy.ts';
import type { SeatTransition, StoredSeat } from '../../shared/seat-history.ts';
import type { SeatState } from '../../shared/seat.ts';

/** What the tests compare an event's occupancy with: its seats, as they are stored one by one. */

export interface SeatRecord {
	/** Seat ID. */
	seat: string;
	state: SeatState;
	history: SeatTransition[];
}

type StateRow = Record<'service_key' | 'value_utf8', string>;
type Query = (sql: string) => Promise<StateRow[]>;

/** Every seat of an event that was ever touched. */
export async function storedSeats(query: Query, event: string): Promise<SeatRecord[]> {
	const rows = await query(
		`SELECT service_key, value_utf8 FROM state
			WHERE service_name = 'Ticket' AND key = 'state' AND starts_with(service_key, '${event}:')`
	);
	return rows.map(({ service_key: key, value_utf8: value }) => {
		const { history = [], ...state } = JSON.parse(value) as StoredSeat;
		return { seat: key.slice(event.length + 1), state, history };
	});
}

/** Those that are not available. */
type SeatsById = Record<string, { code: number; until: number | null }>;

const CODES = { AVAILABLE: 0, RESERVED: 1, SOLD: 2 };

/** The picture by seat ID, as a snapshot tells it. */
export const snapshotSeats = (ids: readonly string[], { seats }: OccupancySnapshot): SeatsById =>
	Object.fromEntries(
		seats.map(([index, code, until]) => [ids[index] ?? '', { code, until: until ?? null }])
	);

/** The picture by seat ID, as the seats themselves tell it. */
export const actualSeats = (seats: readonly SeatRecord[]): SeatsById =>
	Object.fromEntries(
		seats
			.filter(({ state }) => state.status !== 'AVAILABLE')
			.map(({ seat, state }) => [seat, { code: CODES[state.status], until: state.reservedUntil }])
	);

/** One digit a seat, as a replay tells a picture. */
export function codesOf(seats: number, snapshot: OccupancySnapshot): string {
	const codes = Array.from({ length: seats }, () => 0);
	for (const [index, code] of snapshot.seats) codes[index] = code;
	return codes.join('');
}

export interface Flow {
	reserved: number;
	confirmed: number;
	released: number;
	expired: number;
}

/** What the seats remember to have gone through. */
export function actualFlow(seats: readonly SeatRecord[]): Flow {
	const all = seats.flatMap(({ history }) => history);
	const count = (...events: string[]) =>
		all.filter(
			({ event, from }) => events.includes(event) && !(event === 'reserve' && from === 'RESERVED')
		).length;
	return {
		reserved: count('reserve'),
		confirmed: count('confirm'),
		released: count('release', 'force-release'),
		expired: count('expire')
	};
}

/** What the series says happened. */
export function seriesFlow({ points }: OccupancySeries): Flow {
	const sum = (kind: keyof Flow) => points.reduce((total, point) => total + point[kind], 0);
	return {
		reserved: sum('reserved'),
		confirmed: sum('confirmed'),
		released: sum('released'),
		expired: sum('expired')
	};
}
