const NAMES = new Set(['localhost', '127.0.0.1', '[::1]', '::1', '::ffff:127.0.0.1']);

/**
 * Whether a request came to this machine from this machine. The hostname alone is the caller's
 * claim, so the peer's address must agree wherever the runtime knows it.
 */
export const isLoopback = (hostname: string, peerAddress: string | undefined): boolean =>
	NAMES.has(hostname) && (peerAddress === undefined || NAMES.has(peerAddress));
