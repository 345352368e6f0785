import * as clients from '@restatedev/restate-sdk-clients';
import type {
	OccupancyChanges,
	OccupancyHead,
	OccupancyReplay,
	OccupancySeries,
	OccupancySnapshot,
	SeriesStep
} from '$shared/occupancy.ts';
import type { Occupancy } from '../../../worker/occupancy.ts';
import type { Span } from '../charts/chart-range.ts';
import { ingressError } from './ingress-error.ts';

/** The Occupancy object of an event, through Restate's ingress. */
export interface OccupancyPort {
	/** Reads the seats; the same `key` sent twice, by whatever isolate, reads them once. */
	refresh: (eventId: string, key: string) => Promise<OccupancyHead>;
	snapshot: (eventId: string) => Promise<OccupancySnapshot>;
	changes: (
		eventId: string,
		since: Pick<OccupancyHead, 'revision' | 'version'>
	) => Promise<OccupancyChanges>;
	series: (eventId: string, range: Span & { step?: SeriesStep }) => Promise<OccupancySeries>;
	replay: (eventId: string, range: Span) => Promise<OccupancyReplay>;
}

const LIVE_TIMEOUT_MS = 5_000;
const PAST_TIMEOUT_MS = 15_000;

/** @throws UpstreamError from every method when the service cannot be reached or refuses */
export function createOccupancy({
	url,
	token
}: {
	url: string;
	token?: string | undefined;
}): OccupancyPort {
	const ingress = clients.connect({
		url,
		...(token ? { headers: { authorization: `Bearer ${token}` } } : {})
	});
	const of = (eventId: string) => ingress.objectClient<Occupancy>({ name: 'Occupancy' }, eventId);
	const within = <I, O>(timeout: number) => clients.rpc.opts<I, O>({ timeout });

	return {
		refresh: (eventId, key) =>
			ingressError(() =>
				of(eventId).refresh(clients.rpc.opts({ idempotencyKey: key, timeout: LIVE_TIMEOUT_MS }))
			),
		snapshot: (eventId) => ingressError(() => of(eventId).snapshot(within(LIVE_TIMEOUT_MS))),
		changes: (eventId, { revision, version }) =>
			ingressError(() =>
				of(eventId).changes({ since: { revision, version } }, within(LIVE_TIMEOUT_MS))
			),
		series: (eventId, range) =>
			ingressError(() => of(eventId).series(range, within(PAST_TIMEOUT_MS))),
		replay: (eventId, range) =>
			ingressError(() => of(eventId).replay(range, within(PAST_TIMEOUT_MS)))
	};
}
