/**
 * Every link in the console is made here. The console lives at the root of its host, so a path is
 * its own resolved form; typing it as one is what lint asks of a link.
 */
import type { ResolvedPathname } from '$app/types';
import type { SearchHit } from './search.ts';

type Query =
	URLSearchParams | Record<string, string | number | readonly string[] | null | undefined>;

/** IDs keep their colon, so that a seat's address reads as its key. */
const segment = (value: string): string => encodeURIComponent(value).replaceAll('%3A', ':');

function to(path: string, query: Query = {}): ResolvedPathname {
	const search = query instanceof URLSearchParams ? query : new URLSearchParams(pairs(query));
	const suffix = search.size > 0 ? `?${search.toString()}` : '';
	return `${path}${suffix}` as ResolvedPathname;
}

/** Parameters that say nothing are left out, and a list repeats its name. */
const pairs = (query: Exclude<Query, URLSearchParams>): string[][] =>
	Object.entries(query).flatMap(([name, value]) => {
		if (value === null || value === undefined || value === '') return [];
		return typeof value === 'object' ? value.map((item) => [name, item]) : [[name, String(value)]];
	});

export const urls = {
	overview: (query?: Query) => to('/', query),
	overviewData: (query?: Query) => to('/overview', query),
	overviewTrends: (query?: Query) => to('/overview/trends', query),
	health: () => to('/health'),
	identity: () => to('/identity'),
	search: (q?: string) => to('/search', { q }),
	searchData: (q: string) => to('/search/data', { q }),
	event: (id: string, query?: Query) => to(`/events/${segment(id)}`, query),
	eventAttention: (id: string) => to(`/events/${segment(id)}/attention`),
	eventFind: (id: string, query: Query) => to(`/events/${segment(id)}/find`, query),
	eventStream: (id: string) => to(`/events/${segment(id)}/stream`),
	eventVenue: (id: string, revision: number) => to(`/events/${segment(id)}/venue`, { revision }),
	eventSeries: (id: string, query: Query) => to(`/events/${segment(id)}/series`, query),
	eventReplay: (id: string, query: Query) => to(`/events/${segment(id)}/replay`, query),
	eventFunnel: (id: string, query: Query) => to(`/events/${segment(id)}/funnel`, query),
	eventFailures: (id: string, query: Query) => to(`/events/${segment(id)}/failures`, query),
	seat: (key: string, query?: Query) => to(`/seats/${segment(key)}`, query),
	seatNow: (key: string) => to(`/seats/${segment(key)}/now`),
	seatKept: (key: string) => to(`/seats/${segment(key)}/kept`),
	invocation: (id: string, query?: Query) => to(`/invocations/${segment(id)}`, query),
	invocationData: (id: string, query?: Query) => to(`/invocations/${segment(id)}/data`, query),
	invocationKept: (id: string) => to(`/invocations/${segment(id)}/kept`),
	invocationJournal: (id: string, from: number) =>
		to(`/invocations/${segment(id)}/journal`, { from }),
	invocationPayloads: (id: string, entries: readonly number[]) =>
		to(`/invocations/${segment(id)}/payloads`, { entry: entries.map(String) }),
	invocations: (query?: Query) => to('/invocations', query),
	invocationsData: (query?: Query) => to('/invocations/data', query),
	invocationsCounts: (query?: Query) => to('/invocations/counts', query),
	invocationsCsv: (query?: Query) => to('/invocations/csv', query),
	orders: (query?: Query) => to('/orders', query),
	ordersData: (query?: Query) => to('/orders/data', query),
	ordersCsv: (query?: Query) => to('/orders/csv', query),
	order: (id: string, query?: Query) => to(`/orders/${segment(id)}`, query),
	orderData: (id: string) => to(`/orders/${segment(id)}/data`),
	orderEvidence: (id: string) => to(`/orders/${segment(id)}/evidence`),
	seatEvidence: (key: string) => to(`/seats/${segment(key)}/evidence`),
	invocationEvidence: (id: string) => to(`/invocations/${segment(id)}/evidence`),
	audit: (query?: Query) => to('/audit', query),
	auditData: (query?: Query) => to('/audit/data', query),
	auditCsv: (query?: Query) => to('/audit/csv', query),
	auditVerify: (after?: string) => to('/audit/verify', { after }),
	changes: () => to('/changes'),
	changesData: () => to('/changes/data'),
	changesWaiting: () => to('/changes/waiting'),
	change: (id: string) => to(`/changes/${segment(id)}`),
	changeData: (id: string) => to(`/changes/${segment(id)}/data`),
	changeOutcomes: (id: string) => to(`/changes/${segment(id)}/outcomes`),
	askFor: (query: Query) => to('/changes/new', query),
	askForData: (query: Query) => to('/changes/new/data', query),
	askForMany: (query?: Query) => to('/changes/bulk', query),
	releaseMany: (query?: Query) => to('/changes/bulk/seats', query),
	worklist: (query?: Query) => to('/worklist', query),
	worklistData: (query?: Query) => to('/worklist/data', query),
	worklistCsv: (query?: Query) => to('/worklist/csv', query),
	worklistCount: () => to('/worklist/count'),
	logs: (query?: Query) => to('/logs', query),
	logTail: (query: Query) => to('/logs/tail', query),
	logDownload: (query: Query) => to('/logs/download', query),
	deployments: () => to('/deployments'),
	deploymentsData: () => to('/deployments/data')
};

/** The page of what a search found. */
export function urlOfHit({ kind, id }: Pick<SearchHit, 'kind' | 'id'>): ResolvedPathname {
	switch (kind) {
		case 'order':
			return urls.order(id);
		case 'seat':
			return urls.seat(id);
		case 'invocation':
			return urls.invocation(id);
		case 'event':
			return urls.event(id);
		case 'deployment':
			return urls.deployments();
	}
}
