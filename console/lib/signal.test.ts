import { expect, it } from 'vitest';
import { Signal } from './signal.ts';

it('tells each listener until it leaves', () => {
	const signal = new Signal<[number]>();
	const heard: string[] = [];
	const leave = signal.subscribe((n) => heard.push(`a${n}`));
	signal.subscribe((n) => heard.push(`b${n}`));
	signal.emit(1);
	leave();
	signal.emit(2);
	expect(heard).toEqual(['a1', 'b1', 'b2']);
});
