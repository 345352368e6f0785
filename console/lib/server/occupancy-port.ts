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
	/** Reads the seats in the same way, and tells what changed since a version. */
	follow: (eventId: string, key: string, since: PictureVersion) => Promise<OccupancyChanges>;
	snapshot: (eventId: string) => Promise<OccupancySnapshot>;
	series: (eventId: string, range: Span & { step?: SeriesStep }) => Promise<OccupancySeries>;
	replay: (eventId: string, range: Span) => Promise<OccupancyReplay>;
}

export type PictureVersion = Pick<OccupancyHead, 'revision' | 'version'>;

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
	const once = <I, O>(key: string) =>
		clients.rpc.opts<I, O>({ idempotencyKey: key, timeout: LIVE_TIMEOUT_MS });

	return {
		refresh: (eventId, key) => ingressError(() => of(eventId).refresh(once(key))),
		follow: (eventId, key, { revision, version }) =>
			ingressError(() => of(eventId).follow({ since: { revision, version } }, once(key))),
		snapshot: (eventId) => ingressError(() => of(eventId).snapshot(within(LIVE_TIMEOUT_MS))),
		series: (eventId, range) =>
			ingressError(() => of(eventId).series(range, within(PAST_TIMEOUT_MS))),
		replay: (eventId, range) =>
			ingressError(() => of(eventId).replay(range, within(PAST_TIMEOUT_MS)))
	};
}
