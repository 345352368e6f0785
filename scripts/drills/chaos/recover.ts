import { z } from 'zod';
import { until } from '../../until.ts';
import type { Site } from '../site.ts';

const PATIENCE_MS = 240_000;

const row = z.object({ id: z.string(), status: z.string() });

/**
 * Waits until all that the faults delayed has come to its end, the timers that settle what a killed
 * checkout left among it. Back-off may be a minute by then, so what waits to be retried, or has
 * given up, is told to go on at once.
 */
export async function recover(site: Site): Promise<void> {
	const { admin } = site.stack.settings.urls;
	let quiet = 0;
	await until(
		'all that the faults delayed to end',
		async () => {
			const open = await site.records.sql(
				`SELECT id, status FROM sys_invocation WHERE status <> 'completed' AND
				(status <> 'scheduled' OR target_service_name IN ('Ticket', 'UserSession', 'Payment'))`,
				row
			);
			for (const { id, status } of open)
				if (status === 'backing-off' || status === 'paused')
					await fetch(`${admin}/invocations/${id}/resume`, { method: 'PATCH' });
			quiet = open.length === 0 ? quiet + 1 : 0;
			return quiet > 2;
		},
		PATIENCE_MS
	);
}
