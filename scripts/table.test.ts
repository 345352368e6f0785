import { expect, it } from 'vitest';
import { formatTable } from './table.ts';

it('aligns text to the left and numbers to the right', () => {
	const rows = [
		['Stalls', 1500],
		['B', 20]
	];
	expect(formatTable(['Name', 'Seats'], rows)).toEqual([
		'Name    Seats',
		'Stalls  1,500',
		'B          20'
	]);
});

it('prints the header alone when there are no rows', () => {
	expect(formatTable(['Name', 'Seats'], [])).toEqual(['Name  Seats']);
});
