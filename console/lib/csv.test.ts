import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test.each([
	[['a', 1, null, -2], 'a,1,,-2\r\n'],
	[['say "hi", then', 'two\nlines'], '"say ""hi"", then","two\nlines"\r\n'],
	[['=SUM(A1)', '+1', '@x', '-1'], "'=SUM(A1),'+1,'@x,'-1\r\n"]
])('csvLine(%j)', (cells, line) => {
	expect(csvLine(cells)).toBe(line);
});
