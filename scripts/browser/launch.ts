import { chromium } from 'playwright-core';
import type { Browser, LaunchOptions } from 'playwright-core';
import { unpackChromium } from './unpack.ts';

/** Beyond Playwright's own, which already keep the browser from phoning home. */
const FLAGS = [
	'--disable-domain-reliability',
	'--no-pings',
	'--disable-gpu',
	// Whatever else it may want to reach does not exist: the console needs this machine alone.
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'
];

/**
 * Starts a headless Chromium of one's own; nothing but Node and npm need be installed.
 *
 * @throws where the packaged Chromium does not run and `NEXUS_CHROMIUM` names no other
 */
export async function launchBrowser(): Promise<Browser> {
	return chromium.launch({
		...(await browserOf(process.env['NEXUS_CHROMIUM'])),
		args: FLAGS,
		// Chromium's sandbox needs rights that containers and CI machines withhold.
		chromiumSandbox: false
	});
}

async function browserOf(own: string | undefined): Promise<LaunchOptions> {
	if (own) return { executablePath: own };
	const { platform, arch } = process;
	if (platform !== 'linux' || arch !== 'x64')
		throw new Error(
			`The packaged Chromium runs on Linux x64, and this is ${platform} ${arch}: ` +
				'set NEXUS_CHROMIUM to the path of a Chromium or Chrome'
		);
	const { executable, libraries, fontsConfig } = await unpackChromium();
	return {
		executablePath: executable,
		env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontsConfig }
	};
}
