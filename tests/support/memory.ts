import { residentBytes } from '../../scripts/bench/processor.ts';
import { listenerOf } from '../../scripts/stack/listener.ts';

/** MB that the process which listens on a port holds; undefined where there is no /proc. */
export function heldMB(port: number): number | undefined {
	const bytes = residentBytes(listenerOf(port));
	return bytes === undefined ? undefined : bytes / 1e6;
}
