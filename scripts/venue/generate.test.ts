import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeatingPlan } from '../../shared/seating-plan.ts';
import { parseSeatKey } from '../../shared/seat-key.ts';
import { generateVenue, SEATS } from './generate.ts';

const check = (seats: number, seed: number) => {
	const { plan, prices } = generateVenue({ seats, seed });
	const { venue, errors, warnings, report } = readSeatingPlan(JSON.parse(JSON.stringify(plan)), {
		mode: 'strict',
		prices
	});
	expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
	expect(report.seats).toBe(seats);
	return { venue, report };
};

describe('a generated venue', () => {
	it('is strictly valid, without a warning and of the size asked for, whatever the size', () => {
		fc.assert(
			fc.property(fc.integer({ min: 50, max: 30_000 }), fc.nat(), (seats, seed) => {
				check(seats, seed);
			}),
			{
				numRuns: 40,
				examples: [
					[50, 1],
					[1199, 1],
					[1200, 1],
					[5999, 1],
					[6000, 1],
					[30_000, 1]
				]
			}
		);
	}, 60_000);

	it('can be as large as 100,000 seats', () => {
		check(SEATS.max, 1);
	}, 20_000);

	it.each([
		[500, ['Stalls', 'Balcony'], 2],
		[2000, ['Stalls 1', 'Terrace 1', 'Balcony 1', 'Choir 1'], 18],
		[20_000, ['Floor 1', '101', '201'], 40]
	])('of %i seats has the sections of its kind', (seats, names, sections) => {
		const { venue, report } = check(seats, 1);
		expect(venue?.sections).toEqual(expect.arrayContaining(names));
		expect(report.sections.length).toBeGreaterThanOrEqual(sections);
		expect(report.categories.every((category) => category.seats > 0)).toBe(true);
		const longest = venue?.seats.map(([, section, row]) => `${section} ${row}`) ?? [];
		const lengths = new Set(
			Object.values(Object.groupBy(longest, (row) => row)).map((r) => r?.length)
		);
		expect(lengths.size).toBeGreaterThan(5);
		expect(venue?.areas.some(({ text }) => text?.value === 'Stage')).toBe(true);
	});

	it('names seats by section, row and number', () => {
		const { venue } = check(20_000, 1);
		const seat = venue?.seats.find(([id]) => id === '101-A-7');
		expect(seat?.slice(2, 4)).toEqual(['A', '7']);
		expect(parseSeatKey(`concert-1:${seat?.[0] ?? ''}`)).toBeDefined();
	});

	it('is the same for the same seed, and another for another', () => {
		const plan = (seed: number) => JSON.stringify(generateVenue({ seats: 777, seed }).plan);
		expect(plan(5)).toBe(plan(5));
		expect(plan(5)).not.toBe(plan(6));
	});

	it.each([0, 49, 100_001, 12.5, Number.NaN])('refuses %d seats', (seats) => {
		expect(() => generateVenue({ seats })).toThrow(/whole number from 50 to 100000/);
	});
});
