/**
 * A venue's layout: what Nexus keeps of a seating plan. Seats are tuples in plan order, so that
 * 100,000 of them stay small in D1, in an isolate and in the browser.
 */
export interface Venue {
	/** Canvas size in plan units. */
	size: { width: number; height: number };
	sections: string[];
	categories: VenueCategory[];
	/** Shapes to draw behind the seats, such as the stage; already at absolute positions. */
	areas: VenueArea[];
	seats: VenueSeat[];
}

export interface VenueCategory {
	name: string;
	/** CSS colour from the plan. */
	color: string;
	/** Price of a seat in minor units of the event's currency. */
	price: number;
}

/** [seat ID, index into `sections`, row label, seat label, x, y, index into `categories`] */
export type VenueSeat = [
	id: string,
	section: number,
	row: string,
	number: string,
	x: number,
	y: number,
	category: number
];

export type VenueArea = {
	x: number;
	y: number;
	/** Degrees, clockwise about (x, y). */
	rotation: number;
	color: string;
	borderColor: string;
	text?: { value: string; x: number; y: number; size: number; color: string };
} & (
	| { shape: 'polygon'; points: { x: number; y: number }[] }
	| { shape: 'rectangle'; width: number; height: number }
	| { shape: 'ellipse'; rx: number; ry: number }
	| { shape: 'circle'; radius: number }
	| { shape: 'text' }
);
