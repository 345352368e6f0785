import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormError, parseForm } from './form.ts';
import type { FormTree } from './form.ts';

/** Ordinary objects, to compare with. */
const plain = (tree: FormTree): unknown => JSON.parse(JSON.stringify(tree));

describe('parseForm', () => {
	it.each<[string, string, unknown]>([
		['nothing', '', {}],
		['flat values', 'amount=500&currency=eur', { amount: '500', currency: 'eur' }],
		[
			'a hash',
			'metadata[order_id]=o1&metadata[user]=u',
			{ metadata: { order_id: 'o1', user: 'u' } }
		],
		['encoded brackets', 'metadata%5Border_id%5D=o1', { metadata: { order_id: 'o1' } }],
		['a deep hash', 'a[b][c][d]=1', { a: { b: { c: { d: '1' } } } }],
		['indexed items', 'types[0]=card&types[1]=link', { types: { 0: 'card', 1: 'link' } }],
		['appended items', 'types[]=card&types[]=link', { types: { 0: 'card', 1: 'link' } }],
		['escapes', 'd=a%26b%3Dc+d%20%E5%BA%A7', { d: 'a&b=c d 座' }],
		['an empty value', 'description=', { description: '' }],
		['a key without value', 'confirm', { confirm: '' }],
		['the last of a repeated key', 'a=1&a=2', { a: '2' }]
	])('reads %s', (_, encoded, expected) => {
		expect(plain(parseForm(encoded))).toEqual(expected);
	});

	it.each([
		['a[b=1', 'Malformed'],
		['a]b=1', 'Malformed'],
		['[a]=1', 'Malformed'],
		['a[b]c=1', 'Malformed'],
		['=1', 'Malformed'],
		['a=1&a[b]=2', 'both a value and a hash'],
		['a[b]=2&a=1', 'both a value and a hash'],
		['a[b][c][d][e][f]=1', 'nested too deep']
	])('refuses %s', (encoded, complaint) => {
		expect(() => parseForm(encoded)).toThrow(FormError);
		expect(() => parseForm(encoded)).toThrow(complaint);
	});

	it('cannot reach a prototype', () => {
		const tree = parseForm('__proto__[polluted]=yes&constructor[prototype][polluted]=yes');
		expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
		expect(Object.keys(tree)).toEqual(['__proto__', 'constructor']);
	});

	it('reads back any metadata', () => {
		const key = fc.string({ minLength: 1 }).filter((text) => !/[[\]]/.test(text));
		const wellFormed = fc.string({ unit: 'grapheme' });
		fc.assert(
			fc.property(fc.dictionary(key, wellFormed, { minKeys: 1 }), (metadata) => {
				const form = new URLSearchParams(
					Object.entries(metadata).map(([name, value]) => [`metadata[${name}]`, value])
				);
				expect({ ...(parseForm(form.toString())['metadata'] as FormTree) }).toEqual({
					...metadata
				});
			})
		);
	});
});
