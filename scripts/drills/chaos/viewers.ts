import { setTimeout as pause } from 'node:timers/promises';
import { EVENT } from '../site.ts';
import type { Site } from '../site.ts';

/** Someone who leaves the event's live map open; a stream that ends or breaks is opened again. */
export async function viewers({ stack }: Site, over: () => boolean): Promise<void> {
	const url = `${stack.settings.urls.console}/events/${EVENT}/stream`;
	while (!over()) {
		try {
			const response = await fetch(url);
			for await (const chunk of response.body ?? []) if (over() || chunk.length === 0) break;
		} catch {
			// The console or its connection broke, which is what this run is about.
		}
		await pause(200);
	}
}
