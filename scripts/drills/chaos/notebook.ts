import type { Call } from './calls.ts';

/** A checkout that is under way or has been confirmed. */
export interface Purchase {
	invocationId: string;
	order: string;
	seats: readonly string[];
}

/** What the clients of a run did and were told, in one place. */
export class Notebook {
	readonly calls: Call[] = [];
	/** Checkouts under way, by invocation ID. */
	readonly underWay = new Map<string, Purchase>();
	/** Orders that were confirmed and nobody has asked to refund. */
	readonly confirmed: Purchase[] = [];
	/** How often each thing happened: faults, operators' actions. */
	readonly tally = new Map<string, number>();
	/** What should never happen, such as a call that nobody answers. */
	readonly problems: string[] = [];

	count(what: string): void {
		this.tally.set(what, (this.tally.get(what) ?? 0) + 1);
	}

	/** The counts of what begins with `prefix`, without it. */
	countsOf(prefix: string): Record<string, number> {
		const entries = [...this.tally].filter(([what]) => what.startsWith(prefix));
		return Object.fromEntries(
			entries.map(([what, count]) => [what.slice(prefix.length), count] as const).sort()
		);
	}
}

/** One clock for all calls of a run, ms. */
export const clock = (): number => performance.now();

/** One of the items. */
export function pick<T>(items: readonly T[], random: () => number): T {
	const item = items[Math.floor(random() * items.length)];
	if (item === undefined) throw new RangeError('nothing to pick from');
	return item;
}
