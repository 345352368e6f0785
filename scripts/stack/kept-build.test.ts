import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, keptBuild } from './kept-build.ts';

let folder: string;
let store: string;
let source: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'nexus-kept-'));
	store = join(folder, 'store');
	source = join(folder, 'source');
	mkdirSync(join(source, 'deep'), { recursive: true });
	writeFileSync(join(source, 'deep', 'a.ts'), 'one');
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

let built = 0;
const build = (into: string) => {
	built += 1;
	writeFileSync(join(into, 'out.js'), `build ${built}`);
	return Promise.resolve();
};
const kept = () => keptBuild('worker', [source], build, store);
const output = (at: string) => readFileSync(join(at, 'out.js'), 'utf8');

test('builds once while nothing has changed', async () => {
	const first = output(await kept());
	expect(output(await kept())).toBe(first);
});

test.each([
	['a content', () => writeFileSync(join(source, 'deep', 'a.ts'), 'two')],
	['a name', () => writeFileSync(join(source, 'b.ts'), '')],
	['a file less', () => rmSync(join(source, 'deep', 'a.ts'))]
])('builds again after %s has changed', async (_, change) => {
	const first = output(await kept());
	change();
	expect(output(await kept())).not.toBe(first);
});

test('keeps nothing of a build that failed', async () => {
	const broken = keptBuild('worker', [source], () => Promise.reject(new Error('no')), store);
	await expect(broken).rejects.toThrow('no');
	expect(readdirSync(store)).toEqual([]);
});

test('lets two at a time build the same', async () => {
	const [one, other] = await Promise.all([kept(), keptBuild('worker', [source], build, store)]);
	expect(one).toBe(other);
});

test('drops what nobody has used for a day', async () => {
	const old = await kept();
	const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
	utimesSync(old, yesterday, yesterday);
	writeFileSync(join(source, 'b.ts'), '');
	const now = await kept();
	expect(readdirSync(store).map((name) => join(store, name))).toEqual([now]);
});

test('says which source there is not', () => {
	expect(() => fingerprint([join(folder, 'none')])).toThrow(/none/);
});
