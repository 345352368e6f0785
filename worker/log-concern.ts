import { parseSeatKey } from '../shared/seat-key.ts';

/** What a failed call was about, as far as its key and its input tell. */
export interface Concern {
	event?: string;
	order?: string;
}

/**
 * Reads the event and the order that a call is about: from a seat's key, from an order that was
 * handed over, or from the seats that a checkout wants.
 */
export function concernOf(key: string | undefined, body: Uint8Array | undefined): Concern {
	const own = eventOf(key);
	if (own !== undefined) return { event: own };
	const input = parse(body);
	const event = text(input['eventId']) ?? eventOf(firstSeat(input));
	const order = text(input['id']) ?? (key?.startsWith('ord_') ? key : undefined);
	return { ...(event !== undefined && { event }), ...(order?.startsWith('ord_') && { order }) };
}

const eventOf = (seat: unknown): string | undefined =>
	typeof seat === 'string' ? parseSeatKey(seat)?.eventId : undefined;

const text = (value: unknown): string | undefined =>
	typeof value === 'string' ? value : undefined;

/** By the names that the service's own inputs use. */
function firstSeat({ ticketId, ticketIds, seats, inDoubt }: Record<string, unknown>): unknown {
	if (typeof inDoubt === 'object' && inDoubt !== null) return firstSeat({ ...inDoubt });
	const list = ticketIds ?? seats;
	return ticketId ?? (Array.isArray(list) ? (list as unknown[])[0] : undefined);
}

/** An input that is no JSON object tells nothing. */
function parse(body: Uint8Array | undefined): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(new TextDecoder().decode(body));
		return typeof value === 'object' && value !== null ? { ...value } : {};
	} catch {
		return {};
	}
}
