import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { unpackChromium } from './unpack.ts';

/** Beyond Playwright's own, which already keep the browser from phoning home. */
const FLAGS = [
	'--disable-domain-reliability',
	'--no-pings',
	'--disable-gpu',
	// Whatever else it may want to reach does not exist: the console needs this machine alone.
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'
];

/** Starts a headless Chromium of one's own; nothing but Node and npm need be installed. */
export async function launchBrowser(): Promise<Browser> {
	const { executable, libraries, fontsConfig } = await unpackChromium();
	return chromium.launch({
		executablePath: executable,
		args: FLAGS,
		// Chromium's sandbox needs rights that containers and CI machines withhold.
		chromiumSandbox: false,
		env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontsConfig }
	});
}
