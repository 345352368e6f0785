import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { freePorts } from '../../scripts/stack/ports.ts';
import { registerDeployment } from '../../scripts/stack/restate.ts';
import { settingsFor } from '../../scripts/stack/settings.ts';
import { startService } from '../../scripts/stack/workers.ts';
import { until } from '../../scripts/until.ts';
import { WorklistSite } from '../support/worklist-site.ts';

/**
 * A stack of its own: whatever else is under way on a deployment that goes away is lost with it, and
 * keeps it on the list.
 */
let site: WorklistSite;

beforeAll(async () => {
	site = await WorklistSite.start({});
});
afterAll(async () => {
	for (const stop of site.cleanUp) await stop();
	await site.stack.stop();
});

it('lists a deployment that does not answer with what is pinned to it, which goes on with the latest', async () => {
	const { settings, keys } = site.stack;
	await site.breakGateway({ payments: { status: 503 } });
	const checkout = await site.begin({ ticketIds: [await site.freshSeat()], userId: 'ulla' });
	await site.appears('stalled', checkout.orderId);
	const { pinned_deployment_id: old = '' } = await site.records.invocation(checkout.invocationId);
	const { worker } = await freePorts();
	const own = settingsFor(settings.dataDir, { ...settings.ports, worker });
	const twin = await startService(own, keys, { version: 'twin' });
	site.cleanUp.push(() => twin.stop());
	await registerDeployment(settings.urls.admin, own.urls.worker);
	await until('this checkout to be all that is under way there', async () => {
		const rows = await site.records.sql(
			`SELECT id FROM sys_invocation_status WHERE pinned_deployment_id = '${old}'
				AND status NOT IN ('completed', 'scheduled')`,
			z.object({ id: z.string() })
		);
		return rows.length === 1 && rows[0]?.id === checkout.invocationId;
	});
	await site.stack.service.stop();
	const item = await site.appears('unreachable', old);
	expect(item.why).toMatch(/can only go on where .* began/);
	expect(item.invocations).toEqual([checkout.invocationId]);
	expect(item.proposals[0]).toMatchObject({ kind: 'resume', latest: true });
	await site.mendGateway();
	await site.admin(checkout.invocationId, 'pause');
	await site.act('invocation', {
		...{ invocationId: checkout.invocationId, act: 'resume', deployment: 'latest' },
		expect: { status: 'paused' }
	});
	expect(await checkout.answer).toMatchObject({ status: 200 });
	await site.vanishes(old);
});
