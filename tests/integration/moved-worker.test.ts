import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { EVENT, Site } from '../../scripts/drills/site.ts';
import { postJson } from '../../scripts/ingress.ts';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import { registerAll } from '../../scripts/stack/registration.ts';
import { until } from '../../scripts/until.ts';
import { startProbe } from '../support/probe.ts';
import type { Probe } from '../support/probe.ts';

/** A service that one Worker had, and that another has from the next start on. */

let site: Site;
let before: Probe;

beforeAll(async () => {
	site = new Site(await startPrivateStack({}));
	before = await startProbe(site.stack.settings, site.stack.keys, 'occupancy-before');
});

afterAll(async () => {
	await before.stop();
	await site.stack.stop();
});

const Sent = z.object({ invocationId: z.string() });

it('goes on where it is now, with what had begun where it was', async () => {
	const { urls } = site.stack.settings;
	const refresh = `${urls.ingress}/Occupancy/${EVENT}/refresh`;
	const { invocationId } = Sent.parse(await postJson(`${refresh}/send`, undefined));
	const there = await until('the refresh to fail where it began', async () => {
		const { status, pinned_deployment_id: id } = await site.records.invocation(invocationId);
		return status === 'backing-off' && id;
	});

	await registerAll(urls);
	// It is forgotten as soon as it has ended.
	await until('the refresh to end', async () => {
		const rows = await site.records.sql(
			`SELECT status FROM sys_invocation WHERE id = '${invocationId}'`,
			z.object({ status: z.string() })
		);
		return rows.every(({ status }) => status === 'completed');
	});
	const latest = await site.records.sql(
		`SELECT name, deployment_id FROM sys_service WHERE name IN ('Occupancy', 'Ticket')`,
		z.object({ name: z.string(), deployment_id: z.string() })
	);
	const deployments = new Map(latest.map(({ name, deployment_id: id }) => [name, id]));
	expect(deployments.get('Occupancy')).not.toBe(there);
	expect(deployments.get('Occupancy')).not.toBe(deployments.get('Ticket'));
	expect(await postJson(refresh, undefined)).toMatchObject({ revision: 1 });
});
