import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { APPROVERS, CHANGE_ACTIONS, MAY_ASK } from '../../shared/change.ts';
import { ROLES } from '../../shared/operator-token.ts';
import { ask, auditOf, tokenOf } from '../support/changes.ts';
import { call, operate } from '../support/nexus.ts';

/** Who may do what at the service itself, role by role; and what nobody may call from outside. */

const { urls } = inject('settings');

interface Service {
	name: string;
	ty: string;
	handlers: { name: string; public: boolean }[];
}

const { services } = (await (await fetch(`${urls.admin}/services`)).json()) as {
	services: Service[];
};

const pathOf = ({ name, ty }: Service, handler: string): string =>
	ty === 'VirtualObject' ? `${name}/chg_00000000/${handler}` : `${name}/${handler}`;

/** A request of each action that is well-formed and concerns nothing that exists. */
const REQUESTS: Record<string, object> = {
	forceRelease: { seat: 'none:A-1', expect: { epoch: 0 } },
	extendHold: { seat: 'none:A-1', minutes: 1, expect: { epoch: 0 } },
	cancelCheckout: { invocationId: 'inv_none', expect: { status: 'running' } },
	refundOrder: { orderId: 'ord_none', expect: { status: 'CONFIRMED' } },
	resendEmail: { orderId: 'ord_none', expect: { status: 'CONFIRMED' } },
	pauseSale: { eventId: 'none', expect: { onSale: true } },
	resumeSale: { eventId: 'none', expect: { onSale: false } },
	invocation: { invocationId: 'inv_none', act: 'cancel', expect: { status: 'running' } },
	bulk: { change: 'resendEmail', items: [{ orderId: 'ord_none', expect: { status: 'nonsense' } }] },
	registerDeployment: { uri: 'http://localhost:9/', expect: { services: [] } },
	removeDeployment: { deploymentId: 'dp_none', expect: { uri: 'http://localhost:9/' } }
};

/** What is recorded of somebody who takes evidence away. */
const EVIDENCE = {
	subject: { kind: 'order', id: 'ord_none' },
	...{ whole: 'a'.repeat(64), exportedAt: '2026-01-01T00:00:00.000Z', masked: true }
};

/** What about a change that is there already, by who may. */
const ABOUT: [string, object, readonly string[]][] = [
	['approve', { approve: true, expect: { status: 'awaiting-approval' } }, APPROVERS],
	['undo', {}, MAY_ASK.bulk],
	['stopBulk', {}, MAY_ASK.bulk]
];

describe.each(ROLES)('a %s', (role) => {
	it.each(CHANGE_ACTIONS)('may ask for %s as the table says', async (action) => {
		const { status } = await ask(action, REQUESTS[action] ?? {}, role);
		if (MAY_ASK[action].includes(role)) expect([400, 404, 409]).toContain(status);
		else expect(status).toBe(403);
	});

	it.each(ABOUT)('may %s as the table says', async (handler, fields, allowed) => {
		const { status } = await ask(handler, { changeId: 'chg_00000000', ...fields }, role);
		expect(status).toBe(allowed.includes(role) ? 404 : 403);
	});
});

describe('the export of evidence', () => {
	it.each(ROLES)('is recorded for a %s, once and as it was told', async (role) => {
		const id = `ord_${randomUUID().replaceAll('-', '')}`;
		const request = { ...EVIDENCE, subject: { kind: 'order', id } };
		expect((await operate('exportEvidence', request, role, 'taker')).status).toBe(200);
		const { subject: _, ...after } = request;
		expect(auditOf(id)).toMatchObject([
			{
				...{ actor: 'taker', role, action: 'exportEvidence', outcome: 'done' },
				...{ before: 'null', after: JSON.stringify(after) },
				request_id: expect.any(String) as unknown
			}
		]);
	});

	it.each([
		[{ whole: 'abc' }, /whole: is not a SHA-256/],
		[{ exportedAt: 'yesterday' }, /exportedAt: is not a time/],
		[{ subject: { kind: 'event', id: 'e' } }, /subject\.kind/],
		[{ masked: 'no' }, /masked/]
	])('is refused when it says nonsense: %o', async (wrong, why) => {
		expect(await operate('exportEvidence', { ...EVIDENCE, ...wrong })).toMatchObject({
			status: 400,
			body: { message: expect.stringMatching(why) as unknown }
		});
	});
});

describe('nobody', () => {
	const doors = services.find(({ name }) => name === 'Operations')?.handlers ?? [];

	it.each(doors.filter((handler) => handler.public).map(({ name }) => name))(
		'may call Operations/%s without a token, or with a forged one',
		async (handler) => {
			const about = ABOUT.find(([name]) => name === handler)?.[1];
			const fields = REQUESTS[handler] ?? { changeId: 'chg_00000000', ...about };
			const request = { reason: 'because I can', ...EVIDENCE, ...fields };
			expect((await call(`Operations/${handler}`, request)).status).toBe(401);
			const [name = ''] = Object.keys(await tokenOf('admin'));
			const forged = { [name]: 'eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.' };
			expect((await call(`Operations/${handler}`, request, forged)).status).toBe(401);
		}
	);

	const internal = services.flatMap((service) =>
		service.handlers
			.filter((handler) => !handler.public)
			.map((handler) => pathOf(service, handler.name))
	);

	it('finds the handlers that are for other handlers alone', () => {
		expect(internal).toEqual(
			expect.arrayContaining([
				'Operations/carryOutItem',
				...['ask', 'decide', 'undo', 'carryOut', 'finish', 'forget'].map(
					(name) => `Change/chg_00000000/${name}`
				),
				...['load', 'start', 'work', 'stop', 'drop'].map((name) => `Bulk/chg_00000000/${name}`),
				'Audit/chg_00000000/append',
				...['setHoldEnd', 'holdAgain', 'forceRelease'].map((name) => `Ticket/chg_00000000/${name}`),
				'Event/chg_00000000/setOnSale'
			])
		);
	});

	it.each(internal)('may call %s through the ingress, with whatever token', async (path) => {
		const answer = await call(path, {}, await tokenOf('admin'));
		expect(answer).toMatchObject({
			status: 400,
			body: { message: expect.stringMatching(/private|not.*public/i) as unknown }
		});
	});
});
