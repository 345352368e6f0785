import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { platform } from 'node:os';

/**
 * The ID of the process that listens on a TCP port of this machine.
 *
 * @throws when none does
 */
export function listenerOf(port: number): number {
	const pid = platform() === 'linux' ? linuxListener(port) : lsofListener(port);
	if (pid === undefined) throw new Error(`no process listens on port ${port}`);
	return pid;
}

/** The listening socket's inode leads from the kernel's table to the process that has it open. */
function linuxListener(port: number): number | undefined {
	const inodes = ['tcp', 'tcp6'].flatMap((table) => listeningInodes(`/proc/net/${table}`, port));
	const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`));
	const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	return pids.map(Number).find((pid) => openFiles(pid).some((file) => sockets.has(file)));
}

const LISTEN = '0A';

function listeningInodes(table: string, port: number): string[] {
	const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
	const rows = readFileSync(table, 'utf8')
		.split('\n')
		.map((line) => line.trim().split(/\s+/));
	return rows
		.filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTEN)
		.flatMap((row) => row[9] ?? []);
}

const openFiles = (pid: number): string[] =>
	unlessGone(() => readdirSync(`/proc/${pid}/fd`)).flatMap((fd) =>
		unlessGone(() => [readlinkSync(`/proc/${pid}/fd/${fd}`)])
	);

/** A process may end, and a file may be closed, while it is looked at; others' are not readable. */
function unlessGone(read: () => string[]): string[] {
	try {
		return read();
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOENT' || code === 'EACCES' || code === 'ESRCH') return [];
		throw error;
	}
}

function lsofListener(port: number): number | undefined {
	const { stdout } = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], {
		encoding: 'utf8'
	});
	const pid = Number.parseInt(stdout, 10);
	return Number.isNaN(pid) ? undefined : pid;
}
