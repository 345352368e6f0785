/**
 * Runs one of the project's scripts on a fresh clone with nothing but Node 20 and npm: installs
 * when node_modules is missing or older than the lockfile, then hands over to the project's own
 * Node. Plain JavaScript, because an older Node reads it before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const INSTALLED = 'node_modules/.package-lock.json';
const NODE = 'node_modules/node/bin/node';

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
	console.error('usage: node scripts/bootstrap.mjs <script> [arguments]');
	process.exit(2);
}

if (isStale()) install();
const child = spawn(NODE, [script, ...args], { stdio: 'inherit' });
// The terminal sends Ctrl-C to the child as well; this process only waits for it to finish.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

function isStale() {
	if (!existsSync(INSTALLED) || !existsSync(NODE)) return true;
	return statSync('package-lock.json').mtimeMs > statSync(INSTALLED).mtimeMs;
}

/**
 * npm itself runs on the Node that started it: the project's own is being replaced meanwhile. Not
 * `npm ci`, which refuses a lockfile that lacks the optional packages of some other platform.
 */
function install() {
	console.log('installing dependencies');
	const npm = process.env.npm_execpath;
	const [command, ...first] = npm
		? [process.env.npm_node_execpath ?? process.execPath, npm]
		: ['npm'];
	const { status } = spawnSync(command, [...first, 'install', '--no-save', '--loglevel=error'], {
		stdio: 'inherit'
	});
	if (status !== 0) process.exit(status ?? 1);
}
