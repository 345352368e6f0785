import { formatTable } from '../table.ts';
import { isMet } from './row.ts';
import type { Row } from './row.ts';

/** The performance table, as lines to print. */
export function describeRows(rows: readonly Row[]): string[] {
	return formatTable(
		['What', 'Measured', 'Unit', 'Beside', 'Which is', 'Ratio', 'Goal'],
		rows.map((row) => [
			row.name,
			figure(row.value),
			row.unit,
			row.floor?.name ?? '',
			row.floor ? figure(row.floor.value) : '',
			row.ratio?.toFixed(2) ?? '',
			describeGoal(row)
		])
	);
}

const figure = (value: number): string =>
	value.toLocaleString('en', { maximumSignificantDigits: 3 });

function describeGoal(row: Row): string {
	const met = isMet(row);
	if (met === undefined || !row.goal) return '';
	const bound = 'ratio' in row.goal ? row.goal.ratio : `${row.goal.value} ${row.unit}`;
	return `at ${row.goal.at} ${bound}: ${met ? 'met' : 'MISSED'}`;
}
