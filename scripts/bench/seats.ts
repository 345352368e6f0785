import { postJson } from '../ingress.ts';
import type { Stack } from '../stack/stack.ts';
import { publishVenue } from './publish-venue.ts';

/** Publishes a venue. @returns its event, and what hands out keys of seats that nobody has touched */
export async function freshSeats(
	stack: Stack,
	size: number,
	id?: string
): Promise<{ event: string; take: (count: number) => string[] }> {
	const event = await publishVenue(stack, size, id);
	const venue = await postJson(`${stack.settings.urls.ingress}/Event/${event}/venue`, undefined);
	const { seats } = venue as { seats: [id: string][] };
	let next = 0;
	return {
		event,
		take: (count) => {
			const taken = seats.slice(next, next + count).map(([seat]) => `${event}:${seat}`);
			if (taken.length < count) throw new Error(`${event} has no ${count} seats left`);
			next += count;
			return taken;
		}
	};
}
