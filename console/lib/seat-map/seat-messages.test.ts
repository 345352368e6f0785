import { expect, it, test } from 'vitest';
import { formatPosition, parsePosition } from './seat-messages.ts';

it('reads the position that it wrote', () => {
	const position = { revision: 12, version: 1_795_378_574_086 };
	expect(parsePosition(formatPosition(position))).toEqual(position);
});

test.each([null, '', '1', '1.', '.1', '1.2.3', '-1.2', 'a.b', `1.${'9'.repeat(20)}`])(
	'takes %o for no position',
	(text) => {
		expect(parsePosition(text)).toBeUndefined();
	}
);
