import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { join } from 'node:path';

/** A process of restate-server. */
export interface RestateServer {
	/** Resolves with the exit code once the process has ended, however it ended. */
	readonly exited: Promise<number | null>;
	/** Asks the server to stop and waits until it has. */
	stop: () => Promise<void>;
	/** SIGKILL, for drills. */
	kill: () => Promise<void>;
	/** Starts it again on its data, after a stop or a kill. */
	restart: () => Promise<void>;
}

export interface NodeOptions {
	/** Names its log file. */
	name: string;
	dataDir: string;
	/** Its configuration, as environment variables. */
	config: Record<string, string>;
	/** Resolves once it serves. */
	ready: () => Promise<void>;
}

/** Starts restate-server and waits until it is ready. @throws when it ends before that */
export async function startNode(options: NodeOptions): Promise<RestateServer> {
	let running = await launch(options);
	return {
		get exited() {
			return running.exited;
		},
		stop: () => running.end('SIGTERM'),
		kill: () => running.end('SIGKILL'),
		restart: async () => {
			running = await launch(options);
		}
	};
}

interface Process {
	exited: Promise<number | null>;
	end: (signal: NodeJS.Signals) => Promise<void>;
}

async function launch({ name, dataDir, config, ready }: NodeOptions): Promise<Process> {
	const logDir = join(dataDir, 'logs');
	mkdirSync(logDir, { recursive: true });
	const log = openSync(join(logDir, `${name}.log`), 'a');
	const child = spawn(serverBinary(), ['--no-logo'], {
		env: { ...process.env, ...config },
		stdio: ['ignore', log, log],
		// Its own process group: Ctrl-C reaches the supervisor alone, which stops things in order.
		detached: true
	});
	closeSync(log);
	const exited = new Promise<number | null>((resolve) => {
		child.once('exit', resolve);
		child.once('error', () => resolve(null));
	});
	const failed = new Promise<never>((_, reject) => {
		child.once('error', reject);
		void exited.then((code) =>
			reject(new Error(`${name} ended with code ${code ?? 'none'}: see ${logDir}`))
		);
	});
	failed.catch(() => undefined);
	// However this process ends, it leaves no server behind that nobody would stop.
	const abandon = () => child.kill('SIGTERM');
	process.once('exit', abandon);
	void exited.then(() => process.removeListener('exit', abandon));
	const end = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		await exited;
	};
	try {
		await Promise.race([ready(), failed]);
	} catch (error) {
		await end('SIGKILL');
		throw error;
	}
	return { exited, end };
}

/** The server itself: signals to the package's Node wrapper would leave it running. */
const serverBinary = (): string =>
	createRequire(import.meta.url).resolve(
		`@restatedev/restate-server-${platform()}-${arch()}/bin/restate-server`
	);
