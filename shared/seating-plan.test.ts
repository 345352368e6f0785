import { describe, expect, it } from 'vitest';
import { diffVenues, readSeatingPlan, type SeatingPlan } from './seating-plan.ts';
import type { SeatingPlanOptions } from './seating-plan.ts';

type Seat = SeatingPlan['zones'][number]['rows'][number]['seats'][number];

const seat = (guid: string, x: number, more: Partial<Seat> = {}): Seat => ({
	seat_guid: guid,
	seat_number: guid.split('-').at(-1) ?? guid,
	position: { x, y: 0 },
	category: 'Stalls',
	...more
});

/** One zone at (100, 50) with two rows at y 10 and 40. */
const plan = (): SeatingPlan => ({
	name: 'Small hall',
	size: { width: 400, height: 300 },
	categories: [
		{ name: 'Stalls', color: '#3366cc' },
		{ name: 'Box', color: '#aa8833' }
	],
	zones: [
		{
			name: 'Main',
			position: { x: 100, y: 50 },
			rows: [
				{
					row_number: 'A',
					position: { x: 5, y: 10 },
					seats: [seat('M-A-1', 0), seat('M-A-2', 30)]
				},
				{
					row_number: 'B',
					position: { x: 5, y: 40 },
					seats: [seat('M-B-1', 0, { category: 'Box' })]
				}
			],
			areas: [
				{
					shape: 'polygon',
					position: { x: 1, y: 2 },
					rotation: 45,
					color: '#222222',
					polygon: {
						points: [
							{ x: 0, y: 0 },
							{ x: 10, y: 0 },
							{ x: 5, y: 8 }
						]
					},
					text: { text: 'Stage', position: { x: 5, y: 4 } }
				}
			]
		}
	]
});

const prices = { Stalls: 4500, Box: 9000 };
const read = (input: unknown, options: Partial<SeatingPlanOptions> = {}) =>
	readSeatingPlan(input, { mode: 'strict', prices, ...options });

/** The plan with one thing changed. */
const changed = (change: (p: SeatingPlan) => void): SeatingPlan => {
	const p = plan();
	change(p);
	return p;
};
const rowsOf = (p: SeatingPlan) => {
	const zone = p.zones[0];
	const [a, b] = zone?.rows ?? [];
	if (!zone || !a || !b) throw new Error('the sample plan lost its rows');
	return { zone, a, b };
};

describe('a valid plan', () => {
	it('becomes a venue at absolute positions', () => {
		const { venue, errors, warnings, report } = read(plan());
		expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
		expect(venue).toEqual({
			size: { width: 400, height: 300 },
			sections: ['Main'],
			categories: [
				{ name: 'Stalls', color: '#3366cc', price: 4500 },
				{ name: 'Box', color: '#aa8833', price: 9000 }
			],
			areas: [
				{
					shape: 'polygon',
					x: 101,
					y: 52,
					rotation: 45,
					color: '#222222',
					borderColor: 'transparent',
					points: [
						{ x: 101, y: 52 },
						{ x: 111, y: 52 },
						{ x: 106, y: 60 }
					],
					text: { value: 'Stage', x: 106, y: 56, size: 16, color: '#8a8f98' }
				}
			],
			seats: [
				['M-A-1', 0, 'A', '1', 105, 60, 0],
				['M-A-2', 0, 'A', '2', 135, 60, 0],
				['M-B-1', 0, 'B', '1', 105, 90, 1]
			]
		});
		expect(report).toEqual({
			seats: 3,
			sections: [{ name: 'Main', rows: 2, seats: 3 }],
			categories: [
				{ name: 'Stalls', seats: 2, price: 4500 },
				{ name: 'Box', seats: 1, price: 9000 }
			]
		});
	});

	it('sets numbers into label patterns, and names a nameless zone', () => {
		const { venue } = read(
			changed((p) => {
				const { zone, a } = rowsOf(p);
				delete zone.name;
				a.row_label = 'Row %s';
				a.seat_label = 'No. %s';
			})
		);
		expect(venue?.sections).toEqual(['Zone 1']);
		expect(venue?.seats[0]).toEqual(['M-A-1', 0, 'Row A', 'No. 1', 105, 60, 0]);
	});

	it('joins zones of one name into one section', () => {
		const { venue, report } = read(
			changed((p) => {
				p.zones.push({
					name: 'Main',
					position: { x: 0, y: 200 },
					rows: [{ row_number: 'C', seats: [seat('M-C-1', 50)] }]
				});
			})
		);
		expect(venue?.sections).toEqual(['Main']);
		expect(report.sections).toEqual([{ name: 'Main', rows: 3, seats: 4 }]);
	});

	it('takes the default price for a category without its own', () => {
		const { venue } = read(plan(), { prices: { Box: 9000 }, defaultPrice: 5000 });
		expect(venue?.categories.map(({ price }) => price)).toEqual([5000, 9000]);
	});
});

describe('errors', () => {
	it.each<[string, unknown, RegExp]>([
		['nothing', undefined, /^the plan is missing/],
		['a list', [], /^the plan must be an object, not a list$/],
		['text', '{}', /^the plan must be an object, not "\{\}"$/],
		['missing size', { ...plan(), size: undefined }, /^size is missing: add it as an object$/],
		['an empty canvas', { ...plan(), size: { width: 0, height: 10 } }, /canvas of 0 × 10/],
		['no seats', { ...plan(), zones: [] }, /the plan has no seats/],
		[
			'a fractional size',
			{ ...plan(), size: { width: 1.5, height: 10 } },
			/^size\.width must be a whole number, not 1\.5$/
		],
		[
			'an unknown key',
			{ ...plan(), colour: 'red' },
			/^the plan has the unknown key "colour": remove it, or import leniently/
		],
		[
			'a seat number that is no text',
			changed((p) => {
				Object.assign(rowsOf(p).a.seats[1] ?? {}, { seat_number: 2 });
			}),
			/^zones\[0\]\.rows\[0\]\.seats\[1\]\.seat_number must be text in quotes, not 2$/
		],
		[
			'a value outside its list',
			changed((p) => {
				Object.assign(rowsOf(p).a, { row_number_position: 'left' });
			}),
			/row_number_position must be one of "start", "end", "both", not "left"$/
		],
		[
			'a duplicate seat_guid',
			changed((p) => rowsOf(p).b.seats.push(seat('M-A-2', 60))),
			/^zones\[0\]\.rows\[1\]\.seats\[1\]\.seat_guid: "M-A-2" is the seat_guid of zones\[0\]\.rows\[0\]\.seats\[1\] already/
		],
		[
			'a seat_guid that is no key part',
			changed((p) => rowsOf(p).b.seats.push(seat('M:B 2', 60))),
			/"M:B 2" cannot be a seat ID: use 1 to 64 of the characters A-Z a-z 0-9 \. _ -/
		],
		[
			'an unknown category',
			changed((p) => rowsOf(p).b.seats.push(seat('M-B-2', 60, { category: 'Bx' }))),
			/^zones\[0\]\.rows\[1\]\.seats\[1\]\.category: the plan has no category "Bx"/
		]
	])('%s', (_name, input, message) => {
		const { venue, errors } = read(input);
		expect(venue).toBeUndefined();
		expect(errors).toEqual([expect.stringMatching(message)]);
	});

	it.each<[string, Partial<SeatingPlanOptions>, RegExp]>([
		['missing', { prices: { Box: 1 } }, /^categories\[0\]: the category "Stalls" has no price/],
		['negative', { prices: { ...prices, Box: -1 } }, /price of "Box" .* not -1$/],
		[
			'fractional',
			{ prices: { ...prices, Box: 12.5 } },
			/price of "Box" .*12\.50 is 1250.* not 12\.5$/
		],
		['a fractional default', { defaultPrice: 0.5 }, /price of "\(default\)" .* not 0\.5$/]
	])('price: %s', (_name, options, message) => {
		const { venue, errors } = read(plan(), options);
		expect(venue).toBeUndefined();
		expect(errors).toEqual([expect.stringMatching(message)]);
	});

	it('lists every error of a plan, not only the first', () => {
		const { errors } = read(
			changed((p) => {
				rowsOf(p).a.seats.push(seat('M-A-1', 60), seat('é', 90, { category: 'Nope' }));
			}),
			{ prices: {} }
		);
		expect(errors).toHaveLength(5);
	});

	it('lists what is wrong with the seats beside what is wrong with the shape', () => {
		const input = changed((p) => rowsOf(p).a.seats.push(seat('M-A-1', 60)));
		const { errors } = read({ ...input, colour: 'red' });
		expect(errors).toEqual([
			expect.stringContaining('unknown key "colour"'),
			expect.stringContaining('"M-A-1" is the seat_guid of')
		]);
	});

	it('lists 50 of a kind and counts the rest, without hiding another kind', () => {
		const { errors } = read(
			changed((p) => {
				const { a } = rowsOf(p);
				for (let i = 0; i < 70; i++) a.seats.push(seat('M-A-1', i * 30));
				a.seats.push(seat('?', 0));
			})
		);
		expect(errors).toHaveLength(52);
		expect(errors).toContain('… and 20 more: duplicate seat_guids');
	});
});

describe('lenient mode', () => {
	const vendor = () =>
		changed((p) => {
			for (const each of rowsOf(p).a.seats) Object.assign(each, { wheelchair: true });
			Object.assign(p.categories[0] ?? {}, { label: 'The stalls' });
		});

	it('drops unknown keys and reports each with its first place', () => {
		const { venue, errors, warnings } = read(vendor(), { mode: 'lenient' });
		expect(errors).toEqual([]);
		expect(warnings).toEqual([
			'categories[0]: dropped unknown key "label"',
			'zones[0].rows[0].seats[0]: dropped unknown key "wheelchair"',
			'… and 1 more: places with "wheelchair"'
		]);
		expect(venue).toEqual(read(plan()).venue);
	});

	it('takes fractions where the schema wants whole numbers', () => {
		const input = { ...plan(), size: { width: 400.5, height: 300 } };
		const { venue, warnings } = read(input, { mode: 'lenient' });
		expect(venue?.size).toEqual({ width: 400.5, height: 300 });
		expect(warnings).toEqual(['size.width must be a whole number, not 400.5']);
	});

	it('still refuses what is wrong otherwise', () => {
		const input = { ...vendor(), size: undefined };
		const { venue, errors } = read(input, { mode: 'lenient' });
		expect(venue).toBeUndefined();
		expect(errors).toEqual(['size is missing: add it as an object']);
	});

	it('refuses the same keys when strict', () => {
		expect(read(vendor()).errors).toHaveLength(3);
	});
});

describe('warnings', () => {
	it.each<[string, SeatingPlan, RegExp]>([
		[
			'a label used twice',
			changed((p) => rowsOf(p).b.seats.push(seat('M-B-1b', 60, { seat_number: '1' }))),
			/^zones\[0\]\.rows\[1\]\.seats\[1\]: Main, row B, seat 1 is the label of an earlier seat/
		],
		[
			'a seat off the canvas',
			changed((p) => rowsOf(p).b.seats.push(seat('M-B-2', 600))),
			/seat M-B-2 at \(705, 90\) is outside the canvas of 400 × 300/
		],
		[
			'seats nearer than their radii',
			changed((p) => rowsOf(p).a.seats.push(seat('M-A-3', 49))),
			/^seats M-A-3 and M-A-2 overlap$/
		],
		[
			'a row without seats',
			changed((p) => rowsOf(p).zone.rows.push({ row_number: 'Z', seats: [] })),
			/^zones\[0\]\.rows\[2\]: row "Z" has no seats$/
		],
		[
			'an area without its shape',
			changed((p) => rowsOf(p).zone.areas?.push({ shape: 'circle' })),
			/^zones\[0\]\.areas\[1\] has the shape circle but no "circle"/
		],
		[
			'a colour that is none',
			changed((p) => p.categories.splice(0, 1, { name: 'Stalls', color: 'red;}' })),
			/^categories\[0\]\.color: "red;\}" is not a CSS colour/
		],
		[
			'a category listed twice',
			changed((p) => p.categories.push({ name: 'Box' })),
			/^categories\[2\]: the category "Box" is listed before/
		]
	])('%s', (_name, input, message) => {
		const { venue, warnings } = read(input);
		expect(venue).toBeDefined();
		expect(warnings).toEqual([expect.stringMatching(message)]);
	});

	it('a price for a category the plan does not have', () => {
		const { venue, warnings } = read(plan(), { prices: { ...prices, Stals: 1 } });
		expect(venue).toBeDefined();
		expect(warnings).toEqual([expect.stringMatching(/^the prices name the category "Stals"/)]);
	});
});

it('tells which seats a new plan drops and adds', () => {
	const old = read(plan()).venue;
	const next = read(changed((p) => rowsOf(p).a.seats.splice(0, 1, seat('M-A-9', 60)))).venue;
	if (!old || !next) throw new Error('the sample plans must be valid');
	expect(diffVenues(old, next)).toEqual({ removed: ['M-A-1'], added: ['M-A-9'] });
	expect(diffVenues(old, old)).toEqual({ removed: [], added: [] });
});

it('keys that name object internals are ordinary category names', () => {
	const input = changed((p) => {
		p.categories.push({ name: 'constructor' });
	});
	expect(read(input).errors).toEqual([
		'categories[2]: the category "constructor" has no price: add it to the prices'
	]);
});
