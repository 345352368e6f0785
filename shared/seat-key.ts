/** One part of a seat key: the event's or the seat's identifier. */
const PART = /^[A-Za-z0-9._-]{1,64}$/;

export interface SeatKey {
	eventId: string;
	seatId: string;
}

/** Whether `part` may stand as an event ID or a seat ID: 1 to 64 of `A-Z a-z 0-9 . _ -`. */
export const isKeyPart = (part: string): boolean => PART.test(part);

/** `<eventId>:<seatId>`, the Ticket object's key. */
export const formatSeatKey = ({ eventId, seatId }: SeatKey): string => `${eventId}:${seatId}`;

/** The parts of a seat key, or undefined when it is not one. */
export function parseSeatKey(key: string): SeatKey | undefined {
	const [eventId, seatId, ...rest] = key.split(':');
	if (eventId === undefined || seatId === undefined || rest.length > 0) return undefined;
	return isKeyPart(eventId) && isKeyPart(seatId) ? { eventId, seatId } : undefined;
}
