/** Rows as aligned text; columns that hold only numbers stand to the right. */
export function formatTable(header: string[], rows: (string | number)[][]): string[] {
	const text = rows.map((row) => row.map((cell) => show(cell)));
	const numeric = header.map((_, i) => rows.length > 0 && rows.every((row) => isNumeric(row[i])));
	const widths = header.map((title, i) =>
		Math.max(title.length, ...text.map((row) => row[i]?.length ?? 0))
	);
	const line = (cells: string[]) =>
		cells
			.map((cell, i) => {
				const width = widths[i] ?? 0;
				return numeric[i] ? cell.padStart(width) : cell.padEnd(width);
			})
			.join('  ')
			.trimEnd();
	return [line(header), ...text.map(line)];
}

const isNumeric = (cell: string | number | undefined) => typeof cell === 'number';

const show = (cell: string | number) =>
	typeof cell === 'number' ? cell.toLocaleString('en') : cell;
