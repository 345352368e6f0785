import { describe, expect, it } from 'vitest';
import { hashRecord, verifyChain } from '../../shared/audit-chain.ts';
import type { ChainedRecord, ChainHead } from '../../shared/audit-chain.ts';
import { MAX_UNDO_MS, REFUND_LIMIT } from '../../shared/change.ts';
import {
	ask,
	auditOf,
	changeNow,
	dearOrder,
	decide,
	heldSeat,
	orderRow,
	outcomesOf,
	paidOrder,
	tokenOf,
	undo
} from '../support/changes.ts';
import { readD1 } from '../support/d1.ts';
import { refundsOf } from '../support/gateway.ts';
import { call, freshSeat, getSeat, ledger, query, withFaults } from '../support/nexus.ts';

/** The life of a change: its guard, its second person, its countdown, its way back, its record. */

const says = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const expectConfirmed = { status: 'CONFIRMED' };

describe('a change that needs a second person', () => {
	it('is proposed, approved by somebody else, carried out, and recorded at each step', async () => {
		const orderId = await dearOrder();
		const preview = ['The buyer gets all of it back', '10 seats are free again'];
		const told = await ask('refundOrder', { orderId, expect: expectConfirmed, preview });
		expect(told).toMatchObject({
			status: 200,
			body: { outcome: 'awaiting-approval', approvalFor: says(/more than 500/) }
		});
		const { changeId } = told.body;
		expect(await refundsOf(orderId)).toEqual([]);
		expect(await decide(changeId, true, 'admin', 'tester')).toMatchObject({
			status: 403,
			body: { message: says(/You proposed this change/) }
		});
		for (const role of ['viewer', 'operator'] as const)
			expect((await decide(changeId, true, role)).status).toBe(403);
		expect((await changeNow(changeId)).status).toBe('awaiting-approval');
		const approved = await decide(changeId, true);
		expect(approved).toMatchObject({ status: 200, body: { outcome: 'done', orderId } });
		expect(await refundsOf(orderId)).toEqual([orderRow(orderId).amount]);
		expect((await decide(changeId, true)).status).toBe(409);
		const view = await changeNow(changeId);
		expect(view).toMatchObject({
			status: 'done',
			preview,
			decisions: [{ by: { name: 'two', role: 'approver' }, approved: true }]
		});
		expect(outcomesOf(orderId)).toEqual([
			'refundOrder proposed',
			'approve refused',
			'approve approved',
			'refundOrder done',
			'approve refused'
		]);
		const done = auditOf(orderId).find(({ outcome }) => outcome === 'done');
		expect(done).toMatchObject({ actor: 'tester', change_id: changeId });
		expect(JSON.parse(done?.preview ?? '')).toEqual(preview);
		expect(JSON.parse(done?.approvals ?? '')).toMatchObject([{ by: { name: 'two' } }]);
	});

	it('ends when it is rejected, and when its proposer takes it back', async () => {
		const orderId = await dearOrder();
		const propose = async () =>
			(await ask('refundOrder', { orderId, expect: expectConfirmed })).body.changeId;
		const rejected = await propose();
		expect(await decide(rejected, false)).toMatchObject({ body: { outcome: 'rejected' } });
		expect((await changeNow(rejected)).status).toBe('rejected');
		const withdrawn = await propose();
		expect((await undo(withdrawn, 'operator', 'stranger')).status).toBe(403);
		expect((await undo(withdrawn)).status).toBe(200);
		expect((await decide(withdrawn, true)).status).toBe(409);
		expect(await refundsOf(orderId)).toEqual([]);
	});

	it('becomes void when things are no longer as they were proposed', async () => {
		const orderId = await dearOrder();
		const { changeId } = (await ask('refundOrder', { orderId, expect: expectConfirmed })).body;
		const part = { orderId, amount: 100, expect: expectConfirmed };
		expect((await ask('refundOrder', part)).body.outcome).toBe('done');
		expect(await decide(changeId, true)).toMatchObject({
			status: 409,
			body: { message: says(/^Void: .*refunded was 0, is 100.*Nothing was done\.$/) }
		});
		expect((await changeNow(changeId)).status).toBe('void');
		expect(await refundsOf(orderId)).toEqual([100]);
		expect(outcomesOf(orderId).at(-1)).toBe('approve void');
	});

	it('kills only then, and stays approved while the killed one merely waits in another way', async () => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503 } }, async () => {
			const buyer = { ticketId: seat, userId: 'alice', paymentMethod: 'pm_card_visa' };
			const checkout = call('Checkout/checkout', buyer);
			await expect.poll(async () => (await getSeat(seat)).checkoutId).not.toBeNull();
			const invocationId = (await getSeat(seat)).checkoutId ?? '';
			const kill = { invocationId, act: 'kill', expect: { status: 'running' } };
			const told = await ask('invocation', kill);
			expect(told.body).toMatchObject({ approvalFor: says(/no compensation/) });
			expect((await decide(told.body.changeId, true)).body.outcome).toBe('done');
			const proposed = auditOf(invocationId).find(({ outcome }) => outcome === 'proposed');
			expect(JSON.parse(proposed?.after ?? '')).toMatchObject({ act: 'kill' });
			expect((await checkout).status).toBe(409);
			const rows = await query<{ completion_failure: string }>(
				`SELECT completion_failure FROM sys_invocation WHERE id = '${invocationId}'`
			);
			expect(rows).toMatchObject([{ completion_failure: says(/killed/i) }]);
		});
	});
});

describe('a change that has no way back', () => {
	const resend = (orderId: string, undoMs: number) =>
		ask('resendEmail', { orderId, expect: expectConfirmed, undoMs });

	const mailsTo = async (email: string): Promise<number> =>
		(await ledger()).emails.filter(({ to }) => to.includes(email)).length;

	it('can be undone while it waits, and then nothing happens', async () => {
		const email = `undo-${crypto.randomUUID()}@example.com`;
		const orderId = await paidOrder([await freshSeat()], email);
		await expect.poll(() => mailsTo(email)).toBe(1);
		const told = await resend(orderId, 10_000);
		expect(told.body).toMatchObject({ outcome: 'counting-down' });
		const { changeId } = told.body;
		expect((await changeNow(changeId)).until).toBe(told.body.until);
		expect((await undo(changeId, 'operator', 'stranger')).status).toBe(403);
		expect((await undo(changeId)).body).toMatchObject({ outcome: 'undone' });
		// Its timer still comes, and finds that it is stale.
		await expect
			.poll(
				() =>
					query(
						`SELECT id FROM sys_invocation_status WHERE scope IS NULL AND status = 'completed'
							AND target_service_name = 'Change' AND target_service_key = '${changeId}'
							AND target_handler_name = 'carryOut'`
					),
				{ timeout: 60_000 }
			)
			.toHaveLength(1);
		expect((await changeNow(changeId)).status).toBe('undone');
		expect(await mailsTo(email)).toBe(1);
		expect(outcomesOf(orderId)).toEqual(['undo refused', 'undo undone']);
	});

	it('is carried out when the time is over, once, and is then not undone', async () => {
		const email = `late-${crypto.randomUUID()}@example.com`;
		const orderId = await paidOrder([await freshSeat()], email);
		const { changeId } = (await resend(orderId, 300)).body;
		await expect.poll(async () => (await changeNow(changeId)).status).toBe('done');
		await expect.poll(() => mailsTo(email)).toBe(2);
		expect(await undo(changeId)).toMatchObject({
			status: 409,
			body: { message: says(/There is no way back/) }
		});
		expect(outcomesOf(orderId)).toEqual(['resendEmail done', 'undo refused']);
	});

	it('is refused after its wait when the world has moved on meanwhile', async () => {
		const orderId = await paidOrder([await freshSeat()], 'moved@example.com');
		const { changeId } = (await resend(orderId, 3_000)).body;
		expect((await ask('refundOrder', { orderId, expect: expectConfirmed })).status).toBe(200);
		await expect.poll(() => orderRow(orderId).status).toBe('REFUNDED');
		await expect.poll(async () => (await changeNow(changeId)).status).toBe('refused');
		expect((await changeNow(changeId)).message).toMatch(/you saw it CONFIRMED, it is REFUNDED now/);
	});

	it('is refused after its wait when it has come to need a second person meanwhile', async () => {
		const orderId = await dearOrder();
		const amount = REFUND_LIMIT * 0.6;
		const part = (undoMs: number) =>
			ask('refundOrder', { orderId, amount, expect: expectConfirmed, undoMs });
		const { changeId } = (await part(3_000)).body;
		expect((await part(0)).body).toMatchObject({ outcome: 'done', refunded: amount });
		await expect.poll(async () => (await changeNow(changeId)).status).toBe('refused');
		expect((await changeNow(changeId)).message).toMatch(/By now it needs a second person, as it/);
		expect(orderRow(orderId).refunded).toBe(amount);
	});
});

describe('what a change may be given', () => {
	it.each([
		['an undo window that is too long', { undoMs: MAX_UNDO_MS + 1 }],
		['a preview of too many sentences', { preview: Array.from({ length: 41 }, () => 'so') }],
		['a preview with too long a sentence', { preview: ['x'.repeat(301)] }],
		['no reason', { reason: '' }],
		['no guard', { expect: undefined }]
	])('is not %s', async (_, fault) => {
		const { seat, epoch } = await heldSeat();
		expect((await ask('forceRelease', { seat, expect: { epoch }, ...fault })).status).toBe(400);
		expect((await getSeat(seat)).epoch).toBe(epoch);
	});

	it('is asked of any ID in vain when there is no such change', async () => {
		const viewer = await tokenOf('viewer');
		expect((await call('Change/chg_00000000/get', undefined, viewer)).status).toBe(404);
		expect((await call('Change/nonsense/get', undefined, viewer)).status).toBe(400);
		expect((await call('Change/chg_00000000/get')).status).toBe(401);
		expect((await undo('chg_00000000')).status).toBe(404);
		expect((await undo('nonsense')).status).toBe(400);
		expect((await decide('chg_00000000', true)).status).toBe(404);
	});
});

describe('the audit', () => {
	it('is a chain that its writer vouches for', async () => {
		const { seat, epoch } = await heldSeat();
		const request = { seat, expect: { epoch }, ticketRef: 'CASE-7' };
		await ask('forceRelease', request);
		const { body: head } = await call<ChainHead>(
			'Audit/nexus/head',
			undefined,
			await tokenOf('viewer')
		);
		const records = readD1<ChainedRecord>('SELECT * FROM audit ORDER BY seq');
		expect(await verifyChain(records, head)).toEqual({ checked: head.seq, broken: null });
		const [last] = auditOf(seat);
		expect(last).toMatchObject({ ticket_ref: 'CASE-7', hash: head.hash, seq: head.seq });
		expect(last && (await hashRecord({ ...last, reason: 'another' }))).not.toBe(last?.hash);
		expect((await call('Audit/nexus/head')).status).toBe(401);
		expect((await call('Audit/other/head', undefined, await tokenOf('viewer'))).status).toBe(404);
	});
});
