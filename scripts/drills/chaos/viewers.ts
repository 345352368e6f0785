import { setTimeout as pause } from 'node:timers/promises';
import { openStream } from '../../bench/stream.ts';
import { until } from '../../until.ts';
import { holds } from '../evidence.ts';
import type { Evidence } from '../evidence.ts';
import { EVENT } from '../site.ts';
import type { Site } from '../site.ts';
import type { Notebook } from './notebook.ts';

/** Someone who leaves the event's live map open; a stream that ends or breaks is opened again. */
export async function viewers(
	{ stack }: Site,
	notebook: Notebook,
	over: () => boolean
): Promise<void> {
	const url = `${stack.settings.urls.console}/events/${EVENT}/stream`;
	while (!over()) {
		try {
			const response = await fetch(url);
			notebook.count(`viewer ${response.status}`);
			for await (const chunk of response.body ?? []) if (over() || chunk.length === 0) break;
		} catch {
			// The console or its connection broke, which is what this run is about.
			notebook.count('viewer broken off');
		}
		await pause(200);
	}
}

/** Whether the console, whatever was done to it, shows the event's seats in the end. */
export async function stillShown({ stack }: Site, notebook: Notebook): Promise<Evidence> {
	const { console: site } = stack.settings.urls;
	const stream = await until('the console to show the seats', () => openStream(site, EVENT));
	await stream.close();
	const streams = notebook.countsOf('viewer ');
	return holds('console', 'streams', streams, (streams['200'] ?? 0) > 0);
}
