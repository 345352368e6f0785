import { isOurs, phaseOf } from './case.ts';
import type { CaseSeat, OrderFacts } from './case.ts';
import type { VerdictLine } from './verdict.ts';

/** Whose the seats are, and whether that is as it should be. */
export function seatLine(facts: OrderFacts): VerdictLine {
	const { order, seats } = facts;
	const n = order.seats.length;
	if (!seats.ok)
		return {
			part: 'seats',
			tone: 'warn',
			short: '',
			text: `Seats cannot be read: ${seats.message}`
		};
	const ours = seats.value.filter(({ seat }) => isOurs(seat, order.id));
	const sold = ours.filter(({ seat }) => seat.status === 'SOLD').length;
	switch (phaseOf(facts)) {
		case 'bought':
			return sold === n
				? line('ok', `${seatCount(n)} sold`, `${all(n)} sold to this order`)
				: line(
						'bad',
						`${n - sold} of ${seatCount(n)} not the buyer’s`,
						`Not sold to this order: ${listOthers(facts, seats.value)}`
					);
		case 'undone':
			return ours.length === 0
				? line('ok', `${seatCount(n)} given back`, `None of the seats is this order’s any more`)
				: line(
						'bad',
						`${seatCount(ours.length)} not given back`,
						`Still this order’s: ${ours.map(({ seat }) => seat.key).join(', ')}`
					);
		case 'open':
			return openLine(n, sold, ours);
	}
}

function openLine(n: number, sold: number, ours: readonly CaseSeat[]): VerdictLine {
	if (sold === n) return line('ok', `${seatCount(n)} sold`, `${all(n)} sold to this order`);
	const lapsed = ours.filter(({ seat }) => seat.overdue).length;
	if (lapsed > 0)
		return line(
			'warn',
			`hold of ${seatCount(lapsed)} lapsed`,
			`${seatCount(lapsed)} past the hold’s time: anyone may take what the buyer is paying for`
		);
	if (ours.length < n)
		return line(
			'warn',
			`${ours.length} of ${seatCount(n)} held`,
			`${ours.length} of ${seatCount(n)} held or sold to this order`
		);
	const ends = ours.flatMap(({ seat }) => seat.reservedUntil ?? []);
	return {
		...line('info', `${seatCount(n)} held`, 'Held for the buyer; the hold ends'),
		at: Math.min(...ends)
	};
}

const line = (tone: VerdictLine['tone'], short: string, text: string): VerdictLine => ({
	part: 'seats',
	tone,
	short,
	text
});

const seatCount = (n: number): string => (n === 1 ? '1 seat' : `${n} seats`);
const all = (n: number): string => (n === 1 ? 'The seat is' : `All ${n} seats are`);

const listOthers = ({ order }: OrderFacts, seats: readonly CaseSeat[]): string =>
	seats
		.filter(({ seat }) => seat.status !== 'SOLD' || !isOurs(seat, order.id))
		.map(({ seat }) => `${seat.key} is ${describeSeat(seat)}`)
		.join(', ');

const describeSeat = ({ status, reservedBy }: CaseSeat['seat']): string =>
	status === 'AVAILABLE'
		? 'free'
		: `${status === 'SOLD' ? 'sold to' : 'held by'} ${reservedBy ?? 'somebody'}`;
