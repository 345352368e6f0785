import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditStack, isClean, settled } from '../../scripts/audit/audit-stack.ts';
import { Site } from '../../scripts/drills/site.ts';
import { postJson } from '../../scripts/ingress.ts';
import { queryD1 } from '../../scripts/stack/d1.ts';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import { until } from '../../scripts/until.ts';
import { BULK_LIMIT } from '../../shared/change.ts';
import type { BulkOutcome, BulkView, ChangeView } from '../../shared/change.ts';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Role } from '../../shared/operator-token.ts';

/** Changes to many things at once, as durable jobs: their guard, progress, stop, and crashes. */

let site: Site;

beforeAll(async () => {
	site = new Site(await startPrivateStack({}));
});

afterAll(async () => {
	await site.stack.stop();
});

const reason = 'the buyers were told';

const headers = async (role: Role, name: string) => ({
	[OPERATOR_HEADER]: await signOperatorToken(site.stack.keys.operatorSigningKey, { name, role })
});

async function post<T>(path: string, body: unknown, role: Role = 'operator', name = 'tester') {
	const url = `${site.stack.settings.urls.ingress}/${path}`;
	return (await postJson(url, body, await headers(role, name))) as T;
}

const refusal = (path: string, body: unknown): Promise<string> =>
	post(path, body).then(
		() => 'none',
		(error: unknown) => String(error)
	);

interface Begun {
	outcome: string;
	changeId: string;
}

const begin = (change: string, items: readonly object[]): Promise<Begun> =>
	post<Begun>('Operations/bulk', { change, items, reason });

const approve = (changeId: string): Promise<Begun> =>
	post<Begun>(
		'Operations/approve',
		{ changeId, approve: true, reason, expect: { status: 'awaiting-approval' } },
		'approver',
		'two'
	);

const job = (changeId: string): Promise<BulkView> =>
	post<BulkView>(`Bulk/${changeId}/get`, undefined, 'viewer');

const ended = (changeId: string): Promise<BulkView> =>
	until('the job to end', async () => {
		const view = await job(changeId);
		return view.endedAt !== null && view;
	});

/** The records of a job's items, in the order in which they were written. */
const recordsOf = (changeId: string): string[] =>
	queryD1<{ target: string; outcome: string }>(
		site.stack.settings.dataDir,
		"SELECT target, outcome FROM audit WHERE change_id = ? AND action = 'forceRelease' ORDER BY seq",
		changeId
	).map(({ target, outcome }) => `${target} ${outcome}`);

/** Seats that are held, as items to be released. */
async function held(count: number): Promise<{ seat: string; expect: { epoch: number } }[]> {
	const seats = await site.freshSeats(count);
	for (const seat of seats) await site.call(`Ticket/${seat}/reserve`, 'alice');
	return seats.map((seat) => ({ seat, expect: { epoch: 1 } }));
}

describe('a bulk change', () => {
	it('does each item under its own guard, and tells what became of each', async () => {
		const items = await held(4);
		const [stale] = items;
		if (stale) stale.expect.epoch = 9;
		const { outcome, changeId } = await begin('forceRelease', items);
		expect(outcome).toBe('done');
		expect(await ended(changeId)).toMatchObject({
			...{ total: 4, done: 3, refused: 1, skipped: 0, status: 'finished' }
		});
		const { outcomes } = await post<{ outcomes: BulkOutcome[] }>(
			`Bulk/${changeId}/outcomes`,
			{ from: 0 },
			'viewer'
		);
		expect(outcomes.map(({ target }) => target)).toEqual(items.map(({ seat }) => seat));
		expect(outcomes[0]).toMatchObject({
			outcome: 'refused',
			message: expect.stringMatching(/you saw epoch 9/) as unknown
		});
		const statuses = await site.records.statuses(items.map(({ seat }) => seat));
		expect(statuses).toEqual(['RESERVED', 'AVAILABLE', 'AVAILABLE', 'AVAILABLE']);
		expect(recordsOf(changeId)).toEqual(
			items.map(({ seat }, index) => `${seat} ${index === 0 ? 'refused' : 'done'}`)
		);
		await until('the change to be done', async () => {
			const view = await post<ChangeView>(`Change/${changeId}/get`, undefined, 'viewer');
			return view.status === 'done' && view.message === '3 of 4 done, 1 refused';
		});
	});

	it('of many needs a second person, ends each item once though the Worker is killed', async () => {
		const items = await held(BULK_LIMIT + 35);
		const { outcome, changeId } = await begin('forceRelease', items);
		expect(outcome).toBe('awaiting-approval');
		await approve(changeId);
		await until('the job to be under way', async () => (await job(changeId)).done > 0);
		await site.stack.service.kill();
		await ended(changeId);
		expect(await job(changeId)).toMatchObject({ done: items.length, refused: 0, skipped: 0 });
		expect(recordsOf(changeId).sort()).toEqual(items.map(({ seat }) => `${seat} done`).sort());
		for (const { seat } of items.slice(0, 5))
			expect(await site.records.events(seat)).toEqual(['reserve', 'force-release']);
	});

	it('stops between its items when it is told to', async () => {
		const items = await held(BULK_LIMIT + 35);
		const { changeId } = await begin('forceRelease', items);
		await approve(changeId);
		await until('the job to be under way', async () => (await job(changeId)).done > 0);
		await post('Operations/stopBulk', { changeId, reason });
		const view = await ended(changeId);
		expect(view.status).toBe('stopped');
		expect(view.skipped).toBeGreaterThan(0);
		expect(view.done + view.refused + view.skipped).toBe(items.length);
		const statuses = await site.records.statuses(items.map(({ seat }) => seat));
		expect(statuses.filter((status) => status === 'RESERVED')).toHaveLength(view.skipped);
		expect(await refusal('Operations/stopBulk', { changeId, reason })).toMatch(/is stopped/);
	});

	it('never begins when it is rejected, and its items are forgotten', async () => {
		const { changeId } = await begin('forceRelease', await held(BULK_LIMIT + 1));
		const no = { changeId, approve: false, reason, expect: { status: 'awaiting-approval' } };
		await post('Operations/approve', no, 'approver', 'two');
		await until('the items to be gone', async () => {
			const items = await site.records.state('Bulk', changeId, 'items/0');
			return items === undefined;
		});
		expect(await refusal(`Bulk/${changeId}/get`, undefined)).toMatch(/No job/);
	});

	it('is refused as a whole when an item is malformed, or there twice', async () => {
		const [item] = await held(1);
		const bulk = (items: unknown[], change = 'forceRelease') =>
			refusal('Operations/bulk', { change, items, reason });
		expect(await bulk([item, { seat: 'x' }])).toMatch(/items\.1\.expect/);
		expect(await bulk([item, item])).toMatch(/items\.1: .* is there twice/);
		expect(await bulk([])).toMatch(/at least one item/);
		expect(await bulk([item], 'removeDeployment')).toMatch(/give one of forceRelease/);
	});

	it('leaves an audit that is whole, and a world in order', async () => {
		await settled(site.stack.settings);
		const findings = await auditStack(site.stack.settings);
		expect(isClean(findings), JSON.stringify(findings)).toBe(true);
	});
});
