import { z } from 'zod';
import { queryRestate } from '../restate-sql.ts';
import { until } from '../until.ts';
import { registerDeployment } from './restate.ts';
import type { Settings } from './settings.ts';

/**
 * Registers the Workers that Restate calls. A data folder may come from when one Worker served what
 * another does now: the other is registered before the one loses it, so that no call finds neither,
 * and what began on the one goes on on the other.
 */
export async function registerAll({
	admin,
	worker,
	occupancy
}: Pick<Settings['urls'], 'admin' | 'worker' | 'occupancy'>): Promise<void> {
	await registerDeployment(admin, occupancy);
	await registerDeployment(admin, worker);
	await moveStranded(admin);
}

const Stranded = z.object({ id: z.string(), status: z.string() });

/** Invocations pinned to a deployment that does not have their service any more. */
const STRANDED = `SELECT i.id, i.status FROM sys_invocation i
	JOIN sys_service s ON s.name = i.target_service_name
	JOIN sys_deployment d ON d.id = i.pinned_deployment_id
	JOIN sys_deployment latest ON latest.id = s.deployment_id
	WHERE i.target_service_name IN ('Occupancy', 'OccupancyHistory')
		AND i.status NOT IN ('completed', 'scheduled', 'inboxed', 'pending')
		AND d.id <> latest.id`;

/** Restate moves only what is paused: each is paused, and then resumed on the latest deployment. */
export async function moveStranded(adminUrl: string): Promise<void> {
	await until('invocations of a Worker that moved to go on', async () => {
		const stranded = await queryRestate(adminUrl, STRANDED, Stranded);
		await Promise.all(
			stranded.map(({ id, status }) =>
				act(adminUrl, id, status === 'paused' ? 'resume?deployment=latest' : 'pause')
			)
		);
		return stranded.length === 0;
	});
}

/** One that ended meanwhile, or is not there yet, is looked at again. */
async function act(adminUrl: string, id: string, action: string): Promise<void> {
	const response = await fetch(`${adminUrl}/invocations/${id}/${action}`, { method: 'PATCH' });
	if (response.ok || [404, 409, 425].includes(response.status)) return;
	throw new Error(`Restate could not ${action} ${id}: ${await response.text()}`);
}
