import type { D1Database } from '@cloudflare/workers-types';

/** The layout of one revision as it is stored: JSON of a `Venue`. */
export async function readVenueJson(
	db: D1Database,
	eventId: string,
	revision: number
): Promise<string | undefined> {
	const { results } = await db
		.prepare('SELECT body FROM layouts WHERE event_id = ? AND revision = ? ORDER BY part')
		.bind(eventId, revision)
		.all<{ body: string }>();
	return results.length > 0 ? results.map(({ body }) => body).join('') : undefined;
}
