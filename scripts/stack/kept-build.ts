import { createHash } from 'node:crypto';
import {
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	utimesSync
} from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Wrangler takes seconds for what milliseconds would tell has not changed. What it made is kept from
 * one process to the next, under a hash of all that it was made from.
 */

const STORE = 'node_modules/.cache/nexus/builds';
const UNUSED_MS = 24 * 60 * 60_000;

/**
 * The folder of a build; made when there is none of these sources yet.
 *
 * @param name what is built, as a file name
 * @param sources every file and folder that the build reads
 * @param build fills an empty folder
 */
export async function keptBuild(
	name: string,
	sources: readonly string[],
	build: (folder: string) => Promise<void>,
	store = STORE
): Promise<string> {
	const folder = resolve(store, `${name}-${fingerprint(sources)}`);
	if (existsSync(folder)) {
		utimesSync(folder, new Date(), new Date());
		return folder;
	}
	mkdirSync(store, { recursive: true });
	dropUnused(store);
	const unfinished = mkdtempSync(`${folder}.`);
	try {
		await build(unfinished);
		// Of two processes that build the same, the first to be done is heard.
		if (!existsSync(folder)) renameSync(unfinished, folder);
		return folder;
	} finally {
		rmSync(unfinished, { recursive: true, force: true });
	}
}

/** A hash of the files' paths and contents. @throws when a source does not exist */
export function fingerprint(sources: readonly string[]): string {
	const hash = createHash('sha256');
	for (const file of sources.flatMap(filesOf).sort())
		hash.update(`${file}\0${readFileSync(file).toString('base64')}\0`);
	return hash.digest('hex').slice(0, 16);
}

function filesOf(source: string): string[] {
	if (lstatSync(source).isFile()) return [source];
	return readdirSync(source, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
}

function dropUnused(store: string): void {
	for (const name of readdirSync(store)) {
		const path = join(store, name);
		if (Date.now() - lstatSync(path).mtimeMs > UNUSED_MS) rmSync(path, { recursive: true });
	}
}
