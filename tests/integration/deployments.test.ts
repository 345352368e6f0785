import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bundleNextVersion } from '../../scripts/drills/next-version.ts';
import { Site } from '../../scripts/drills/site.ts';
import type { Answer, Begun } from '../../scripts/drills/site.ts';
import { queryD1 } from '../../scripts/stack/d1.ts';
import { freePorts } from '../../scripts/stack/ports.ts';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import { settingsFor } from '../../scripts/stack/settings.ts';
import { startService } from '../../scripts/stack/workers.ts';
import { until } from '../../scripts/until.ts';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Role } from '../../shared/operator-token.ts';

/** A version of the service is registered, the one before drains, and is removed: step by step. */

const reason = 'release 2 goes live';

let site: Site;
/** Where the next version answers. */
let next: string;
let old: { id: string; uri: string };
let services: { name: string; revision: number }[];
let begun: Begun;

beforeAll(async () => {
	site = new Site(await startPrivateStack({}));
	const { settings, keys } = site.stack;
	const { worker } = await freePorts();
	const own = settingsFor(settings.dataDir, { ...settings.ports, worker });
	const bundle = await bundleNextVersion();
	const service = await startService(own, keys, { bundle, version: 'next' });
	site.cleanUp.push(() => service.stop());
	next = `${own.urls.worker}/`;
	[old = { id: '', uri: '' }] = await deployments();
	// It cannot end before the gateway is mended.
	await site.breakGateway({ payments: { status: 503 } });
	begun = await site.begin({ ticketIds: [await site.freshSeat()], userId: 'ada' });
	await until('the checkout to be under way', async () =>
		(await pinnedTo(old.id)).includes('Checkout')
	);
});

afterAll(async () => {
	for (const stop of site.cleanUp) await stop();
	await site.stack.stop();
});

async function operate(handler: string, input: object, role: Role = 'admin'): Promise<Answer> {
	const { operatorSigningKey } = site.stack.keys;
	const token = await signOperatorToken(operatorSigningKey, { name: 'tester', role });
	return site.call(`Operations/${handler}`, { reason, ...input }, { [OPERATOR_HEADER]: token });
}

const Found = z.object({
	deployments: z.array(z.object({ id: z.string(), uri: z.string() }))
});

async function deployments(): Promise<{ id: string; uri: string }[]> {
	const { urls } = site.stack.settings;
	const response = await fetch(`${urls.admin}/deployments`);
	const found = Found.parse(await response.json()).deployments;
	// The occupancy Worker is a deployment of its own, and not what is upgraded here.
	return found.filter(({ uri }) => uri !== `${urls.occupancy}/`);
}

const pinnedTo = async (id: string): Promise<string[]> => {
	const rows = await site.records.sql(
		`SELECT target_service_name AS name FROM sys_invocation_status
		WHERE pinned_deployment_id = '${id}' AND status <> 'completed'`,
		z.object({ name: z.string() })
	);
	return rows.map(({ name }) => name);
};

const auditOf = (target: string) =>
	queryD1<{ action: string; outcome: string; role: string; reason: string }>(
		site.stack.settings.dataDir,
		'SELECT action, outcome, role, reason FROM audit WHERE target = ? ORDER BY at',
		target
	);

/** What Restate would register at an address, without doing so. */
async function offered(uri: string): Promise<typeof services> {
	const response = await fetch(`${site.stack.settings.urls.admin}/deployments`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ uri, use_http_11: true, dry_run: true })
	});
	const schema = z.object({
		services: z.array(z.object({ name: z.string(), revision: z.number() }))
	});
	return schema.parse(await response.json()).services;
}

describe('registerDeployment', () => {
	it('is for admins, and for what they saw', async () => {
		services = await offered(next);
		expect(services).toContainEqual({ name: 'Checkout', revision: 2 });
		const request = { uri: next, expect: { services } };
		expect(await operate('registerDeployment', request, 'approver')).toMatchObject({ status: 403 });
		const stale = services.map(({ name }) => ({ name, revision: 1 }));
		const refused = await operate('registerDeployment', {
			...request,
			expect: { services: stale }
		});
		expect(refused.status).toBe(409);
		expect(refused.message).toMatch(/you saw .*Checkout 1, .* it is .*Checkout 2/);
		expect(await deployments()).toHaveLength(1);
		expect(auditOf(next)).toMatchObject([{ outcome: 'refused', role: 'admin' }]);
	});

	it.each([
		['ftp://example.com/', 400, /http or https/],
		['http://user:secret@localhost:1/', 400, /credentials/],
		['http://localhost:9/a b', 409, /does not take/],
		['http://localhost:9/', 409, /unable to reach/]
	])('refuses %s', async (uri, status, message) => {
		const answer = await operate('registerDeployment', { uri, expect: { services: [] } });
		expect(answer.status).toBe(status);
		expect(answer.message).toMatch(message);
	});

	it('sends new invocations to it, and leaves what is under way where it began', async () => {
		const answer = await operate('registerDeployment', { uri: next, expect: { services } });
		expect(answer.status).toBe(200);
		expect(await deployments()).toHaveLength(2);
		expect(auditOf(next)).toMatchObject([{}, { action: 'registerDeployment', outcome: 'done' }]);
		expect(await pinnedTo(old.id)).toContain('Checkout');
	});
});

describe('removeDeployment', () => {
	it('keeps what takes new invocations, what is under way, and what is not as it was seen', async () => {
		const latest = (await deployments()).find(({ id }) => id !== old.id);
		const remove = (deploymentId: string | undefined, uri: string) =>
			operate('removeDeployment', { deploymentId, expect: { uri } });
		const answers = [
			await remove(latest?.id, next),
			await remove(old.id, 'http://elsewhere/'),
			await remove(old.id, old.uri),
			await remove('dp_none', next)
		];
		expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 404]);
		expect(answers.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^New invocations of .*Checkout, .* run on it/),
			expect.stringMatching(/^Deployment changed since you looked/),
			expect.stringMatching(/^\d+ invocations? under way on it: wait until it is drained/),
			'No deployment "dp_none"'
		]);
		expect(await deployments()).toHaveLength(2);
	});

	it('waits, when told to, until the last invocation has ended', async () => {
		const request = { deploymentId: old.id, drain: true, expect: { uri: old.uri } };
		const removal = operate('removeDeployment', request);
		await site.mendGateway();
		expect((await begun.answer).message).toBe('Booking Confirmed');
		expect(await removal).toMatchObject({ status: 200 });
		expect(await deployments()).toEqual([expect.objectContaining({ uri: next })]);
		expect(auditOf(old.id).map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'done']);
		expect(await site.buy({ ticketIds: [await site.freshSeat()], userId: 'bob' })).toMatchObject({
			status: 200
		});
	});
});
