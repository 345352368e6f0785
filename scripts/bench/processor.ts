import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second wherever Node runs. */
const TICK_MS = 10;

/** The time that a process has spent on the processor so far, ms; undefined where there is no /proc. */
export function processorMs(pid: number): number | undefined {
	const fields = statOf(pid);
	return fields && (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** What a process holds in memory, bytes; undefined when it has gone. */
export function residentBytes(pid: number): number | undefined {
	const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '') ?? [];
	return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

/** What follows the process's name, which may hold spaces itself. */
function statOf(pid: number): string[] | undefined {
	return read(`/proc/${pid}/stat`)
		?.replace(/^.*\) /s, '')
		.split(' ');
}

function read(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}
