import { formatTable } from '../table.ts';
import { percentiles, type Percentiles } from './percentiles.ts';
import { OUTCOMES, type Outcome, type Tally } from './tally.ts';
import type { Verdict } from './verify.ts';

/** The outcome of a sale, as `--json` prints it. */
export interface SaleOutcome {
	event: string;
	run: string;
	seed: number;
	/** Buyers planned; fewer came when the sale was interrupted. */
	buyers: number;
	outcomes: Record<Outcome, number>;
	seatsSold: number;
	conflicts: number;
	errors: { message: string; count: number }[];
	seconds: number;
	buyersPerSecond: number;
	seatsPerSecond: number;
	latencyMs: { reserve: Percentiles | null; checkout: Percentiles | null };
	verdict: Verdict;
	ok: boolean;
}

/** How many differences and error messages are printed. */
const LISTED = 10;

export function summarise(
	sale: { event: string; run: string; seed: number; buyers: number; seconds: number },
	tally: Tally,
	verdict: Verdict
): SaleOutcome {
	const count = (outcome: Outcome) => tally.count(outcome);
	const errors = [...tally.errors].map(([message, count]) => ({ message, count }));
	return {
		...sale,
		outcomes: {
			sold: count('sold'),
			declined: count('declined'),
			abandoned: count('abandoned'),
			'sold out': count('sold out'),
			'gave up': count('gave up'),
			'lost seats': count('lost seats'),
			error: count('error')
		},
		seatsSold: tally.seatsSold,
		conflicts: tally.conflicts,
		errors: errors.sort((a, b) => b.count - a.count),
		buyersPerSecond: tally.done / sale.seconds,
		seatsPerSecond: tally.seatsSold / sale.seconds,
		latencyMs: {
			reserve: percentiles(tally.reserve) ?? null,
			checkout: percentiles(tally.checkout) ?? null
		},
		verdict,
		ok: errors.length === 0 && verdict.differences.length === 0
	};
}

const MEANING: Record<Outcome, (outcome: SaleOutcome) => string> = {
	sold: ({ seatsSold }) => `${seatsSold.toLocaleString('en')} seats`,
	declined: () => 'card declined, seats given back',
	abandoned: () => 'held seats and left; the holds expire by themselves',
	'sold out': () => 'nothing was left',
	'gave up': () => 'too many seats were taken from under them',
	'lost seats': () => 'their hold was gone when they paid',
	error: () => ''
};

/** The outcome as lines to print. */
export function describe(outcome: SaleOutcome): string[] {
	const { verdict, errors, seconds } = outcome;
	const came = OUTCOMES.reduce((sum, name) => sum + outcome.outcomes[name], 0);
	const table = formatTable(
		['Outcome', 'Buyers', ''],
		OUTCOMES.map((name) => {
			const count = outcome.outcomes[name];
			return [name, count, count > 0 ? MEANING[name](outcome) : ''];
		})
	);
	const latency = formatTable(
		['Latency, ms', 'Calls', 'p50', 'p90', 'p99', 'max'],
		(['reserve', 'checkout'] as const).map((call) => {
			const found = outcome.latencyMs[call];
			if (!found) return [call, 0, '–', '–', '–', '–'];
			const { count, ...times } = found;
			return [call, count, ...Object.values(times).map(Math.round)];
		})
	);
	return [
		`Sale of ${outcome.event}: run ${outcome.run}, seed ${outcome.seed}`,
		...(came < outcome.buyers ? [`Stopped after ${came} of ${outcome.buyers} buyers`] : []),
		'',
		...table,
		...shorten(errors.map(({ message, count }) => `  ${count} × ${message}`)),
		'',
		`Conflicts   ${outcome.conflicts.toLocaleString('en')} (a seat was somebody else's)`,
		`Duration    ${seconds.toFixed(1)} s`,
		`Throughput  ${outcome.buyersPerSecond.toFixed(1)} buyers/s, ${outcome.seatsPerSecond.toFixed(1)} seats sold/s`,
		'',
		...latency,
		'',
		`Seats SOLD   ${verdict.soldSeats.toLocaleString('en')}, in ${verdict.soldOrders.toLocaleString('en')} orders (Restate)`,
		`Seats paid   ${verdict.paidSeats.toLocaleString('en')}, in ${verdict.capturedPayments.toLocaleString('en')} captured payments (ledger)`,
		verdict.differences.length === 0
			? 'They agree, order by order.'
			: `${verdict.differences.length} orders do not add up:`,
		...shorten(verdict.differences.map((difference) => `  ${difference}`))
	];
}

const shorten = (lines: string[]) =>
	lines.length > LISTED
		? [...lines.slice(0, LISTED), `  … and ${lines.length - LISTED} more`]
		: lines;
