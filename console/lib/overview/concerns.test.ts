import { expect, test } from 'vitest';
import { concernsOf } from './concerns.ts';
import { eventOf, overviewOf, sampleOf } from './overview-fixture.ts';
import type { Overview, Work } from './overview.ts';

const NOW = 10_000_000;
const MINUTE = 60_000;

const nothing = overviewOf({});
const work = (told: Partial<Work>) => ({
	work: { checkouts: {}, backingOff: 0, paused: 0, stuck: [], failures: [], ...told }
});
const orders = (told: Partial<Overview['orders']>) => ({ orders: { ...nothing.orders, ...told } });
const sampled = { perMinute: { reserved: 0, sold: 0 } };
const lapsed = (n: number) => ({ ...sampled, sample: sampleOf({}, { lapsed: n }) });

test.each<[string, Partial<Overview>, string[]]>([
	['nothing at all', {}, []],
	['Restate was never read', { work: null, at: null }, []],
	['one paused', work({ paused: 1 }), ['bad: 1 invocation is paused: somebody must resume it']],
	[
		'many stuck, the worst first',
		{ ...work({ paused: 2, backingOff: 1200 }) },
		[
			'bad: 2 invocations are paused: somebody must resume them',
			'warn: 1,200 invocations back off and try again'
		]
	],
	['refusals alone', { steps: [{ step: 'authorise', refused: 9, faults: 0, lastAt: NOW }] }, []],
	[
		'faults at a step',
		{
			steps: [
				{ step: 'reserve', refused: 0, faults: 0, lastAt: null },
				{ step: 'capture', refused: 1, faults: 3, lastAt: NOW - 4000 }
			]
		},
		['warn: 3 attempts failed at “Capture” within 5 minutes, the last 4s ago']
	],
	[
		'an order that nobody closed',
		orders({ leftOpen: { count: 1, since: NOW - 40 * MINUTE } }),
		['bad: 1 order has been open for longer than a checkout takes, the oldest opened 40m ago']
	],
	['a mail on its way', orders({ mailsDue: { count: 9, since: NOW - MINUTE } }), []],
	[
		'mails held up',
		orders({ mailsDue: { count: 9, since: NOW - 3 * MINUTE } }),
		['warn: 9 mails have not gone out, the oldest due 3m ago']
	],
	[
		'one lapsed hold',
		{ events: [eventOf(lapsed(0)), eventOf({ name: 'Ballet', ...lapsed(1) })] },
		['warn: 1 hold has been past its time for over a minute in Ballet']
	],
	[
		'lapsed holds in several events',
		{ events: [eventOf(lapsed(4)), eventOf(lapsed(1)), eventOf(lapsed(1))] },
		['warn: 6 holds have been past their time for over a minute in Arena and 2 other events']
	],
	['just published', { events: [eventOf({ publishedAt: NOW - MINUTE })] }, []],
	['not on sale, so not sampled', { events: [eventOf({ onSale: false })] }, []],
	[
		'on sale, but not sampled',
		{ events: [eventOf({})] },
		['warn: Occupancy is not being sampled in Arena: opening an event’s page starts it again']
	]
])('%s', (_, told, said) => {
	const concerns = concernsOf(overviewOf(told), NOW);
	expect(concerns.map(({ tone, text }) => `${tone}: ${text}`)).toEqual(said);
});

test('each leads to where it can be looked at', () => {
	const all = overviewOf({
		...work({ paused: 1, backingOff: 1 }),
		steps: [{ step: 'notify', refused: 0, faults: 1, lastAt: 1 }],
		...orders({
			leftOpen: { count: 1, since: 1 },
			mailsDue: { count: 1, since: 1 }
		}),
		events: [eventOf({ id: 'ballet', ...lapsed(1) })]
	});
	expect(concernsOf(all, NOW).map(({ href }) => href)).toEqual([
		'/worklist?kind=stalled',
		'/worklist?kind=broken&kind=uncaptured',
		'/?failures=notify',
		'/invocations?status=backing-off',
		'/worklist?kind=lapsed',
		'/worklist?kind=mail'
	]);
});
