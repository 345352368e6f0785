import { expect, test } from 'vitest';
import { lapsedTogether } from './together.ts';

const item = (kind: 'lapsed' | 'mail', ...events: string[]) => ({ kind, also: [], events });

test('lapsed holds of an event are released together where there are several', () => {
	const items = [
		item('lapsed', 'gala'),
		item('lapsed', 'gala'),
		item('lapsed', 'opera'),
		item('mail', 'opera')
	];
	expect(lapsedTogether(items)).toEqual([{ eventId: 'gala', holds: 2 }]);
	expect(lapsedTogether([])).toEqual([]);
});
