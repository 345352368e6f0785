import { beforeAll, describe, expect, inject, it } from 'vitest';
import { INVOCATION_STATUSES } from '$lib/invocation.ts';
import type { InvocationStatus, ListedInvocation } from '$lib/invocation.ts';
import { NO_FILTER } from '$lib/invocation-filter.ts';
import type { InvocationFilter } from '$lib/invocation-filter.ts';
import { SORT_FIELDS } from '$lib/invocation-view.ts';
import type { Position, Sort, SortField } from '$lib/invocation-view.ts';
import { countInvocations, listInvocations } from '$lib/server/invocation-pages.ts';
import { plainly } from '$lib/server/invocation-selection.ts';
import { invocationsOfKey } from '$lib/server/invocations.ts';
import { createAdmin } from '$lib/server/restate-admin.ts';
import { call, freshSeat, operate, withFaults } from '../support/nexus.ts';

/** The invocation list's queries, on the real server. Seats, users and orders: tests/e2e. */

const admin = createAdmin({ url: inject('settings').urls.admin });
const reason = 'invocation list test';
/** Small, so that paging is real. */
const limit = 4;
const HOUR = 3_600_000;

const filterOf = (change: Partial<InvocationFilter>): InvocationFilter => ({
	...NO_FILTER,
	...change
});

/** Every invocation of a filter, page by page. */
async function listAll(filter: InvocationFilter, sort?: Sort): Promise<ListedInvocation[]> {
	const all = [];
	let position: Position | null = null;
	do {
		const options = { limit, position, ...(sort && { sort }) };
		const page = await listInvocations(admin, plainly(filter), options);
		expect(page.rows.length).toBeLessThanOrEqual(limit);
		all.push(...page.rows);
		position = page.next;
	} while (position);
	return all;
}

const buyer = `lister-${Date.now()}`;
const begun = Date.now();
let seat = '';
let checkout: ListedInvocation;

beforeAll(async () => {
	seat = await freshSeat();
	const order = { ticketId: seat, userId: buyer, paymentMethod: 'pm_card_chargeDeclined' };
	const click = { 'idempotency-key': `click-${buyer}` };
	expect((await call('Checkout/checkout', order, click)).status).toBe(402);
	expect((await call(`Ticket/${seat}/reserve`, buyer)).status).toBe(200);
	expect((await call(`Ticket/${seat}/reserve`, `${buyer}-late`)).status).toBe(409);
	for (let n = 0; n < 2 * limit; n++) await call(`Ticket/${seat}/reserve`, `${buyer}-later`);
	const [found] = await listAll(filterOf({ idempotencyKey: `click-${buyer}` }));
	if (!found) throw new Error('the checkout is not found by its idempotency key');
	checkout = found;
});

describe('a filter of the invocation list', () => {
	/** Each with a test that a row must pass to be listed, and how many rows there are at least. */
	const filters: [string, () => Partial<InvocationFilter>, (row: ListedInvocation) => boolean][] = [
		['a key', () => ({ key: seat }), ({ key }) => key === seat],
		[
			'how a key begins',
			() => ({ key: `${seat.slice(0, -1)}*`, service: 'Ticket' }),
			({ key, service }) => service === 'Ticket' && key?.startsWith(seat.slice(0, -1)) === true
		],
		[
			'a handler of a key',
			() => ({ key: seat, handler: 'reserve' }),
			({ key, handler }) => key === seat && handler === 'reserve'
		],
		[
			'an error, in any case',
			() => ({ service: 'Checkout', error: 'CARD WAS DECLINED' }),
			({ failure }) => failure?.message.includes('card was declined') === true
		],
		[
			'an idempotency key',
			() => ({ idempotencyKey: `click-${buyer}` }),
			({ id }) => id === checkout.id
		],
		[
			'a calling invocation',
			() => ({ caller: checkout.id }),
			({ caller }) => caller.id === checkout.id
		],
		[
			'a calling service',
			() => ({ caller: 'Checkout', key: seat }),
			({ caller }) => caller.target === 'Checkout/checkout'
		],
		[
			'a calling handler',
			() => ({ caller: 'Checkout/checkout', key: seat }),
			({ caller }) => caller.target === 'Checkout/checkout'
		],
		[
			'the ingress',
			() => ({ caller: 'ingress', key: seat }),
			({ caller }) => caller.by === 'ingress'
		],
		[
			'a deployment',
			() => ({ deployment: checkout.deployment, key: seat }),
			({ deployment }) => deployment === checkout.deployment
		],
		[
			'when it was created',
			() => ({ key: seat, created: { kind: 'between', from: begun, to: begun + HOUR } }),
			({ createdAt }) => createdAt >= begun
		],
		[
			'when it changed lately',
			() => ({ key: seat, modified: { kind: 'recent', span: '1h' } }),
			({ modifiedAt }) => modifiedAt >= begun
		],
		[
			'when it ended',
			() => ({
				key: seat,
				completed: { kind: 'between', from: null, to: checkout.completedAt }
			}),
			({ completedAt }) => completedAt !== null && completedAt <= (checkout.completedAt ?? 0)
		]
	];

	it.each(filters)('lists exactly what it counts: %s', async (_, change, fits) => {
		const filter = filterOf(change());
		const [rows, counts] = [await listAll(filter), await countInvocations(admin, plainly(filter))];
		const listed: Partial<Record<InvocationStatus, number>> = {};
		for (const { status } of rows) listed[status] = (listed[status] ?? 0) + 1;
		expect(listed).toEqual(counts);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
		expect(rows.filter((row) => !fits(row))).toEqual([]);
		expect(rows.length).toBeGreaterThan(0);
	});

	it.each<[string, Partial<InvocationFilter>]>([
		['a key spelled as SQL', { key: "' OR '1'='1" }],
		['a time before all', { created: { kind: 'between', from: null, to: 1 } }],
		['a caller that called nobody', { caller: 'inv_1kV86Rcz2qE8699CjGOJuG1nPWt4eu2CZj' }],
		['attempts that nobody had', { retries: 999_999 }]
	])('finds nothing for %s', async (_, change) => {
		expect(await listAll(filterOf(change))).toEqual([]);
		expect(await countInvocations(admin, plainly(filterOf(change)))).toEqual({});
	});

	it('gives each status exactly its own', async () => {
		const counts = await countInvocations(admin, plainly(filterOf({ key: seat })));
		for (const status of INVOCATION_STATUSES) {
			const rows = await listAll(filterOf({ key: seat, statuses: [status] }));
			expect(rows.map((row) => row.status)).toEqual(rows.map(() => status));
			expect(rows.length).toBe(counts[status] ?? 0);
		}
		expect(counts).toMatchObject({
			succeeded: expect.any(Number) as number,
			failed: 2 * limit + 1
		});
	});

	it('that names a seat is not taken as it is', () => {
		expect(() => plainly(filterOf({ seat }))).toThrow('has to be looked up');
	});
});

describe('the pages of the list', () => {
	it.each(SORT_FIELDS.flatMap((by) => [true, false].map((descending) => ({ by, descending }))))(
		'are in order and meet without a gap: %o',
		async (sort) => {
			const filter = filterOf({ key: seat });
			const rows = await listAll(filter, sort);
			const values = rows.map((row) => valueOf(row, sort.by));
			const direction = sort.descending ? -1 : 1;
			const ended = values.filter((value) => value !== null);
			expect(ended).toEqual(ended.toSorted((a, b) => direction * (a - b)));
			// A hold's timer is under way all the time: what has no value comes last, either way round.
			expect(values.slice(0, ended.length)).toEqual(ended);
			const idsOf = (all: ListedInvocation[]) =>
				all.filter((row) => valueOf(row, sort.by) !== null).map(({ id }) => id);
			const other = await listAll(filter, { ...sort, descending: !sort.descending });
			expect(idsOf(other).reverse()).toEqual(idsOf(rows));
			expect(other.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
			if (sort.by === 'duration') expect(ended.length).toBeLessThan(rows.length);
		}
	);

	function valueOf(row: ListedInvocation, by: SortField): number | null {
		const { createdAt, modifiedAt, completedAt, retryCount } = row;
		const values: Record<SortField, number | null> = {
			created: createdAt,
			modified: modifiedAt,
			completed: completedAt,
			duration: completedAt === null ? null : completedAt - createdAt,
			retries: retryCount
		};
		return values[by];
	}

	it('lead back the way they came', async () => {
		const selection = plainly(filterOf({ key: seat }));
		const first = await listInvocations(admin, selection, { limit });
		expect(first.previous).toBeNull();
		const second = await listInvocations(admin, selection, { limit, position: first.next });
		const back = await listInvocations(admin, selection, { limit, position: second.previous });
		expect(back.rows).toEqual(first.rows);
		expect(back.previous).toBeNull();
		const again = await listInvocations(admin, selection, { limit, position: back.next });
		expect(again.rows).toEqual(second.rows);
	});

	it('begin at a time, the invocations of that moment included', async () => {
		const selection = plainly(filterOf({ service: 'Checkout' }));
		const position = { side: 'after', value: checkout.createdAt, id: null } as const;
		const { rows } = await listInvocations(admin, selection, { limit, position });
		expect(rows[0]?.createdAt).toBe(checkout.createdAt);
	});
});

describe('a row of the list', () => {
	it('tells when a scheduled one starts', async () => {
		const [timer] = await listAll(filterOf({ key: seat, statuses: ['scheduled'] }));
		expect(timer).toMatchObject({ handler: 'expire' });
		expect(timer?.startsAt).toBeGreaterThan(timer?.createdAt ?? Infinity);
	});

	it('tells who called it and where it ran', async () => {
		const [called] = await listAll(filterOf({ caller: checkout.id, key: seat }));
		expect(called).toMatchObject({
			caller: { by: 'service', id: checkout.id, target: 'Checkout/checkout' },
			deployment: checkout.deployment
		});
		expect(checkout).toMatchObject({
			caller: { by: 'ingress', id: null },
			idempotencyKey: `click-${buyer}`,
			deployment: expect.stringMatching(/^dp_/) as string,
			journalSize: expect.any(Number) as number
		});
	});

	it('of a seat leaves handlers out where asked to', async () => {
		const which = { limit: 100, without: ['reserve'] };
		const handlers = (await invocationsOfKey(admin, 'Ticket', seat, which)).map(
			({ handler }) => handler
		);
		expect(handlers).toContain('release');
		expect(handlers).not.toContain('reserve');
	});

	it('follows a checkout from backing off to cancelled', async () => {
		const ticketId = await freshSeat();
		const order = { ticketId, userId: `${buyer}-b`, paymentMethod: 'pm_card_visa' };
		const idOf = async (change: Partial<InvocationFilter>) =>
			(await listAll(filterOf({ service: 'Checkout', ...change }))).map(({ id }) => id);

		const id = await withFaults({ payments: { status: 503 } }, async () => {
			const sent = await call<{ invocationId: string }>('Checkout/checkout/send', order);
			const { invocationId } = sent.body;
			await expect.poll(() => idOf({ statuses: ['backing-off'] })).toContain(invocationId);
			await expect.poll(() => idOf({ retries: 2 })).toContain(invocationId);
			await expect.poll(() => idOf({ retries: 1, error: '503' })).toContain(invocationId);
			return invocationId;
		});
		const expected = { status: 'backing-off' };
		// It may have gone on by itself the moment the gateway recovered.
		const answer = await operate('cancelCheckout', { invocationId: id, reason, expect: expected });
		const end: InvocationStatus = answer.status === 200 ? 'cancelled' : 'succeeded';
		await expect.poll(() => idOf({ statuses: [end] })).toContain(id);
		expect(await idOf({ statuses: ['failed', 'backing-off'] })).not.toContain(id);
	});
});
