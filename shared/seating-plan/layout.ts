import { isKeyPart } from '../seat-key.ts';
import type { VenueArea, VenueSeat } from '../venue.ts';
import { readArea } from './areas.ts';
import { type Findings, show } from './findings.ts';
import { findOverlaps, type Disc } from './overlaps.ts';
import type { PlanRow, PlanZone, SeatingPlan } from './schema.ts';

/** Seats, sections and areas of a plan at absolute positions. */
export interface Layout {
	sections: { name: string; rows: number }[];
	areas: VenueArea[];
	seats: VenueSeat[];
}

/** pretix draws a seat that names no radius with this one. */
const DEFAULT_RADIUS = 10;

/** A seat's or row's label: its number, set into the row's pattern when there is one. */
const label = (pattern: string | null | undefined, number: string) =>
	pattern ? pattern.replace('%s', () => number) : number;

/** Reads the zones of a plan, checking every seat on the way. */
export function readLayout(
	plan: SeatingPlan,
	categories: ReadonlyMap<string, number>,
	errors: Findings,
	warnings: Findings
): Layout {
	const layout: Layout = { sections: [], areas: [], seats: [] };
	const sectionIndex = new Map<string, number>();
	const firstPath = new Map<string, string>();
	const labels = new Set<string>();
	const discs: Disc[] = [];

	const sectionOf = (name: string) => {
		let index = sectionIndex.get(name);
		if (index === undefined) {
			index = layout.sections.push({ name, rows: 0 }) - 1;
			sectionIndex.set(name, index);
		}
		return index;
	};

	const readRow = (zone: PlanZone, name: string, row: PlanRow, path: string) => {
		if (row.seats.length === 0) {
			warnings.add('rows without seats', `${path}: row ${show(row.row_number)} has no seats`);
			return;
		}
		const section = sectionOf(name);
		const entry = layout.sections[section];
		if (entry) entry.rows++;
		const rowLabel = label(row.row_label, row.row_number);
		const originX = zone.position.x + (row.position?.x ?? 0);
		const originY = zone.position.y + (row.position?.y ?? 0);

		for (const [index, seat] of row.seats.entries()) {
			const at = `${path}.seats[${index}]`;
			const id = seat.seat_guid;
			const category = categories.get(seat.category);
			checkId(id, at, firstPath, errors);
			if (category === undefined) {
				errors.add(
					'seats of an unknown category',
					`${at}.category: the plan has no category ${show(seat.category)}: add it to "categories", or name one of them`
				);
			}
			const number = label(row.seat_label, seat.seat_number);
			const place = JSON.stringify([name, rowLabel, number]);
			if (labels.has(place)) {
				warnings.add(
					'seats with a label used before',
					`${at}: ${name}, row ${rowLabel}, seat ${number} is the label of an earlier seat too; buyers cannot tell them apart`
				);
			}
			labels.add(place);
			const x = originX + seat.position.x;
			const y = originY + seat.position.y;
			if (x < 0 || y < 0 || x > plan.size.width || y > plan.size.height) {
				warnings.add(
					'seats outside the canvas',
					`${at}: seat ${id} at (${x}, ${y}) is outside the canvas of ${plan.size.width} × ${plan.size.height}`
				);
			}
			discs.push({ x, y, radius: seat.radius ?? DEFAULT_RADIUS });
			layout.seats.push([id, section, rowLabel, number, x, y, category ?? 0]);
		}
	};

	for (const [z, zone] of plan.zones.entries()) {
		const name = zone.name || zone.zone_id || `Zone ${z + 1}`;
		for (const [r, row] of zone.rows.entries()) readRow(zone, name, row, `zones[${z}].rows[${r}]`);
		for (const [a, area] of (zone.areas ?? []).entries()) {
			const read = readArea(area, zone.position, `zones[${z}].areas[${a}]`, warnings);
			if (read) layout.areas.push(read);
		}
	}
	for (const [one, other] of findOverlaps(discs)) {
		const message = `seats ${layout.seats[one]?.[0] ?? ''} and ${layout.seats[other]?.[0] ?? ''} overlap`;
		warnings.add('seats that overlap another', message);
	}
	return layout;
}

/** A seat's GUID becomes its ID unchanged: bookings are kept by it. */
function checkId(id: string, path: string, firstPath: Map<string, string>, errors: Findings): void {
	if (!isKeyPart(id)) {
		errors.add(
			'seat_guids that cannot be seat IDs',
			`${path}.seat_guid: ${show(id)} cannot be a seat ID: use 1 to 64 of the characters A-Z a-z 0-9 . _ -`
		);
		return;
	}
	const first = firstPath.get(id);
	if (first === undefined) firstPath.set(id, path);
	else {
		errors.add(
			'duplicate seat_guids',
			`${path}.seat_guid: ${show(id)} is the seat_guid of ${first} already: each seat needs its own`
		);
	}
}
