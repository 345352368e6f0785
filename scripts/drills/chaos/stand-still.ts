import { setTimeout as pause } from 'node:timers/promises';
import { listenerOf } from '../../stack/listener.ts';

/**
 * Has the process that listens on a port stand still for a while, and go on as if no time had
 * passed. To everybody else it looks like a partition of the network: connections stay, nothing
 * answers.
 */
export async function standStill(port: number, ms: number): Promise<void> {
	const pid = listenerOf(port);
	process.kill(pid, 'SIGSTOP');
	try {
		await pause(ms);
	} finally {
		process.kill(pid, 'SIGCONT');
	}
}
