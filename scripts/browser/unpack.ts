import { execFile } from 'node:child_process';
import {
	createReadStream,
	createWriteStream,
	existsSync,
	mkdtempSync,
	readFileSync
} from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

/** Chromium as the package ships it, unpacked, with what it needs of a machine besides libc. */
export interface Chromium {
	executable: string;
	/** Holds NSS, NSPR and expat, which a plain server lacks. */
	libraries: string;
	fontsConfig: string;
}

const execute = promisify(execFile);

const CACHE = 'node_modules/.cache/nexus';

/**
 * Unpacks the browser of `@sparticuz/chromium` once per version. The package itself unpacks to a
 * fixed place in the temporary folder, where an interrupted run leaves half a browser behind, and
 * its libraries only on Lambda.
 */
export async function unpackChromium(): Promise<Chromium> {
	const root = packageRoot();
	const home = resolve(CACHE, `chromium-${versionOf(root)}-${process.arch}`);
	const chromium: Chromium = {
		executable: join(home, 'chromium'),
		libraries: join(home, 'al2023', 'lib'),
		fontsConfig: join(home, 'fonts.conf')
	};
	if (existsSync(home)) return chromium;
	await mkdir(CACHE, { recursive: true });
	const draft = mkdtempSync(`${home}-`);
	try {
		await inflateFile(join(root, 'bin', 'chromium.br'), join(draft, 'chromium'));
		await inflateTar(join(root, 'bin', 'al2023.tar.br'), join(draft, 'al2023'));
		await inflateTar(join(root, 'bin', 'fonts.tar.br'), join(draft, 'fonts'));
		await writeFile(join(draft, 'fonts.conf'), fontsConfig(home));
		// In one step, so that whoever sees the folder sees all of it; another run may be first.
		await rename(draft, home).catch((error: unknown) => {
			if (!existsSync(home)) throw error;
		});
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
	return chromium;
}

/** The package exports its entry alone, two folders below its root. */
const packageRoot = (): string =>
	resolve(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../..');

function versionOf(root: string): string {
	const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		version: string;
	};
	return version;
}

const inflateFile = (from: string, to: string): Promise<void> =>
	pipeline(
		createReadStream(from),
		createBrotliDecompress(),
		createWriteStream(to, { mode: 0o755 })
	);

async function inflateTar(from: string, to: string): Promise<void> {
	const archive = `${to}.tar`;
	await inflateFile(from, archive);
	await mkdir(to);
	await execute('tar', ['-xf', archive, '-C', to]);
	await rm(archive);
}

/** The package's fonts and no other, so that a page is as wide on every machine. */
const fontsConfig = (home: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<dir>${join(home, 'fonts')}</dir>
	<cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;
