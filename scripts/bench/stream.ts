/** One viewer of an event's live seats, as a browser's EventSource would be. */
export interface Stream {
	/** Bytes read so far. */
	bytes: () => number;
	/** Why it ended by itself; undefined while it is open, or once it was closed from here. */
	failure: () => string | undefined;
	/** Ends it, and waits until it has. */
	close: () => Promise<void>;
}

/** Opens a stream and waits for its first message. @throws when the console refuses it */
export async function openStream(consoleUrl: string, event: string): Promise<Stream> {
	const abort = new AbortController();
	const response = await fetch(`${consoleUrl}/events/${event}/stream`, { signal: abort.signal });
	const reader = response.body?.getReader();
	if (!response.ok || !reader)
		throw new Error(`The console refused the stream of ${event}: ${response.status}`);
	let bytes = 0;
	let failure: string | undefined;
	const first = await reader.read();
	bytes += first.value?.length ?? 0;
	const drained = (async () => {
		for (let next = await reader.read(); !next.done; next = await reader.read())
			bytes += next.value.length;
		failure = 'the console ended the stream';
	})().catch((error: unknown) => {
		if (!abort.signal.aborted) failure = String(error);
	});
	return {
		bytes: () => bytes,
		failure: () => failure,
		close: async () => {
			abort.abort();
			await drained;
		}
	};
}
