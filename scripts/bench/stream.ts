import { messageOf } from '../cli.ts';

/** One viewer of an event's live seats, as a browser's EventSource would be. */
export interface Stream {
	/** Bytes read so far. */
	bytes: () => number;
	/** What went wrong; undefined while all is well. */
	failure: () => string | undefined;
	/** Ends it, and waits until it has. */
	close: () => Promise<void>;
}

/** The console ends each stream after five minutes, and a browser comes back; sooner is a fault. */
const LEAST_LIFE_MS = 4 * 60_000;

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Opens a stream and waits for its first message. @throws when the console refuses it */
export async function openStream(consoleUrl: string, event: string): Promise<Stream> {
	const abort = new AbortController();
	let bytes = 0;
	let failure: string | undefined;
	const open = async (): Promise<Reader> => {
		const response = await fetch(`${consoleUrl}/events/${event}/stream`, { signal: abort.signal });
		const reader = response.body?.getReader();
		if (!response.ok || !reader)
			throw new Error(`The console refused the stream of ${event}: ${response.status}`);
		const { value, done } = await reader.read();
		if (done) throw new Error(`The stream of ${event} ended before its first message`);
		bytes += value.length;
		return reader;
	};
	const watch = async (first: Reader): Promise<void> => {
		for (let reader = first; ; reader = await open()) {
			const began = performance.now();
			for (let next = await reader.read(); !next.done; next = await reader.read())
				bytes += next.value.length;
			const lasted = performance.now() - began;
			if (lasted < LEAST_LIFE_MS)
				throw new Error(`The stream of ${event} ended after ${(lasted / 1_000).toFixed(1)} s`);
		}
	};
	const watching = watch(await open()).catch((error: unknown) => {
		if (!abort.signal.aborted) failure = messageOf(error);
	});
	return {
		bytes: () => bytes,
		failure: () => failure,
		close: async () => {
			abort.abort();
			await watching;
		}
	};
}
