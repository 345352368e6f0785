import { expect, it } from 'vitest';
import { Recent } from './recent.ts';

it('keeps a value with its time, and the newer of two', () => {
	const recent = new Recent<string>(2);
	recent.put('a', 'first', 1);
	recent.put('a', 'second', 5);
	expect(recent.get('a')).toEqual({ value: 'second', at: 5 });
	expect(recent.get('b')).toBeUndefined();
});

it('forgets what was put longest ago', () => {
	const recent = new Recent<number>(2);
	recent.put('a', 1, 1);
	recent.put('b', 2, 2);
	recent.put('a', 3, 3);
	recent.put('c', 4, 4);
	expect(['a', 'b', 'c'].map((key) => recent.get(key)?.value)).toEqual([3, undefined, 4]);
});
