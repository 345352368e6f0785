import type { EventSample, EventSummary, Overview } from './overview.ts';

/** Examples for tests: each says only what it is about. */

export const sampleOf = (
	counts: Partial<EventSample['counts']>,
	{ at = 0, lapsed = 0 } = {}
): EventSample => ({
	at,
	lapsed,
	counts: { available: 0, held: 0, sold: 0, overdue: 0, ...counts }
});

export const eventOf = (told: Partial<EventSummary>): EventSummary => ({
	id: 'arena',
	name: 'Arena',
	seats: 100,
	onSale: true,
	publishedAt: 0,
	sample: null,
	perMinute: null,
	taken: [],
	stuck: null,
	faults: 0,
	...told
});

export const overviewOf = (told: Partial<Overview>): Overview => ({
	at: 0,
	stale: null,
	events: [],
	orders: {
		confirmed: 0,
		unsuccessful: 0,
		mailsDue: { count: 0, since: null },
		leftOpen: { count: 0, since: null }
	},
	steps: [],
	work: { checkouts: {}, backingOff: 0, paused: 0, stuck: [], failures: [] },
	...told
});
