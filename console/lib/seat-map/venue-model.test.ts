import { expect, test } from 'vitest';
import type { Venue } from '$shared/venue.ts';
import { buildVenueModel } from './venue-model.ts';

const venue: Venue = {
	size: { width: 100, height: 100 },
	sections: ['Stalls', 'Empty', 'Balcony'],
	categories: [{ name: 'A', color: '#f00', price: 1000 }],
	areas: [
		{
			shape: 'rectangle',
			x: 0,
			y: -40,
			width: 30,
			height: 10,
			rotation: 90,
			color: '#ccc',
			borderColor: '#999'
		}
	],
	seats: [
		['S-A-1', 0, 'A', '1', 0, 0, 0],
		['S-A-2', 0, 'A', '2', 10, 0, 0],
		['S-B-1', 0, 'B', '1', 0, 10, 0],
		['B-A-1', 2, 'A', '1', 50, 80, 0],
		['S-B-2', 0, 'B', '2', 10, 10, 0]
	]
};

test('groups seats by section and row, in plan order, and drops empty sections', () => {
	const { sections, sectionLabels } = buildVenueModel(venue);
	expect(sections).toEqual([
		{
			name: 'Stalls',
			box: { left: 0, top: 0, right: 10, bottom: 10 },
			seats: [0, 1, 2, 4],
			rows: [
				{ name: 'A', seats: [0, 1] },
				{ name: 'B', seats: [2, 4] }
			]
		},
		{
			name: 'Balcony',
			box: { left: 50, top: 80, right: 50, bottom: 80 },
			seats: [3],
			rows: [{ name: 'A', seats: [3] }]
		}
	]);
	expect(sectionLabels[0]).toEqual({ text: 'Stalls', x: 5, y: 5 });
});

test('a plan that names its sections is not named twice', () => {
	const label = (value: string) => ({
		shape: 'text' as const,
		x: 0,
		y: 0,
		rotation: 0,
		color: '#000',
		borderColor: '#000',
		text: { value, x: 0, y: 0, size: 12, color: '#000' }
	});
	const areas = [label('S'), label('B')];
	expect(buildVenueModel({ ...venue, areas })).toMatchObject({
		sectionLabels: [],
		texts: [{ value: 'S' }, { value: 'B' }]
	});
	expect(buildVenueModel({ ...venue, areas: [label('Stalls')] })).toMatchObject({
		sectionLabels: [{ text: 'Stalls' }, { text: 'Balcony' }],
		texts: []
	});
});

test('a row is named before its first seat', () => {
	const { rowLabels, grid } = buildVenueModel(venue);
	expect(rowLabels[0]).toEqual({ text: 'A', x: -grid.radius * 2.6, y: 0 });
});

test('the bounds reach around areas, turned as they are drawn', () => {
	const { bounds, grid } = buildVenueModel(venue);
	// Turned by 90° about (0, -40) the rectangle reaches from x -10 to 0 and y -40 to -10.
	expect(bounds.left).toBeCloseTo(-10);
	expect(bounds.top).toBeCloseTo(-40);
	expect(bounds.right).toBeCloseTo(50 + grid.radius);
	expect(bounds.bottom).toBeCloseTo(80 + grid.radius);
});
