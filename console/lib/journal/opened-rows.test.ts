import { expect, test } from 'vitest';
import { expand, NOTHING_OPENED, parseOpened, printOpened, unfold } from './opened-rows.ts';
import type { OpenedRows } from './opened-rows.ts';

const address = (opened: OpenedRows): URLSearchParams => {
	const { open, inside } = printOpened(opened);
	return new URLSearchParams([
		...open.map((key) => ['open', key]),
		...inside.map((key) => ['inside', key])
	]);
};

test('opened rows come back from the address', () => {
	const opened = expand(expand(unfold(NOTHING_OPENED, 'j3', true), 'j5', true), 'j5/j2', true);
	expect(opened).toEqual({ details: ['j3'], children: ['j5', 'j5/j2'] });
	expect(parseOpened(address(opened))).toEqual(opened);
});

test('a child that is closed takes along what was open inside it, and nothing else', () => {
	const opened: OpenedRows = {
		details: ['j5', 'j5/j1', 'j50/j1'],
		children: ['j5', 'j5/j2', 'j50']
	};
	expect(expand(opened, 'j5', false)).toEqual({ details: ['j5', 'j50/j1'], children: ['j50'] });
	expect(unfold(opened, 'j5', false).details).toEqual(['j5/j1', 'j50/j1']);
});

test('an address keeps the newest of very many', () => {
	const keys = Array.from({ length: 100 }, (_, n) => `j${n}`);
	const many = keys.reduce((opened, key) => unfold(opened, key, true), NOTHING_OPENED);
	expect(parseOpened(address(many)).details).toEqual(keys.slice(-40));
});
