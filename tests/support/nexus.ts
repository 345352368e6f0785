import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Role } from '../../shared/operator-token.ts';
import type { SeatTransition, SeatView } from '../../shared/seat-history.ts';
import type { Venue } from '../../shared/venue.ts';
import './provided.ts';

/** What the tests do to a running stack: calls through its real ingress, admin API and sandbox. */

export interface Answer<Body = unknown> {
	status: number;
	body: Body;
}

/** The body of a refused call. */
export interface Refusal {
	code: number;
	message: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const { urls } = inject('settings');

/** Calls a handler through the ingress. */
export async function call<Body = Refusal>(
	path: string,
	input?: unknown,
	headers: Record<string, string> = {}
): Promise<Answer<Body>> {
	const response = await fetch(`${urls.ingress}/${path}`, {
		method: 'POST',
		headers: input === undefined ? headers : { ...JSON_TYPE, ...headers },
		...(input === undefined ? {} : { body: JSON.stringify(input) })
	});
	const text = await response.text();
	return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Body };
}

/** Calls Operations with a fresh token of the given role. */
export async function operate<Body = Refusal>(
	handler: string,
	input: unknown,
	role: Role = 'operator',
	name = 'tester'
): Promise<Answer<Body>> {
	const token = await signOperatorToken(inject('operatorSigningKey'), { name, role });
	return call<Body>(`Operations/${handler}`, input, {
		[OPERATOR_HEADER]: token,
		'x-request-id': randomUUID()
	});
}

export const EVENT = 'concert-1';

const taken: { seats: string[] | undefined } = { seats: undefined };

/** A seat of the demo event that no other test has touched, in this file or another. */
export async function freshSeat(): Promise<string> {
	taken.seats ??= (await call<Venue>(`Event/${EVENT}/venue`)).body.seats
		.map(([id]) => id)
		.reverse();
	for (;;) {
		const id = taken.seats.pop();
		if (id === undefined) throw new Error('the demo event has no seat left for the tests');
		const key = `${EVENT}:${id}`;
		const calls = await query(
			`SELECT id FROM sys_invocation_status WHERE target_service_name = 'Ticket'
				AND scope IS NULL AND target_service_key = '${key}' LIMIT 1`
		);
		// A state that was written from outside has an epoch and no call; lapsed, it reads as available.
		if (calls.length === 0 && (await getSeat(key)).epoch === 0) return key;
	}
}

export const getSeat = async (key: string): Promise<SeatView> =>
	(await call<SeatView>(`Ticket/${key}/get`)).body;

export const getHistory = async (key: string): Promise<SeatTransition[]> =>
	(await call<SeatTransition[]>(`Ticket/${key}/history`)).body;

/** Runs SQL on Restate's introspection tables. */
export async function query<Row>(sql: string): Promise<Row[]> {
	const response = await fetch(`${urls.admin}/query`, {
		method: 'POST',
		headers: { ...JSON_TYPE, accept: 'application/json' },
		body: JSON.stringify({ query: sql })
	});
	if (!response.ok) throw new Error(`query failed: ${await response.text()}`);
	return ((await response.json()) as { rows: Row[] }).rows;
}

interface Ledger {
	intents: {
		id: string;
		status: string;
		amount: number;
		amount_received: number;
		metadata: Record<string, string>;
	}[];
	refunds: { payment_intent: string; amount: number }[];
	emails: { id: string; to: string[]; subject: string; requests: number }[];
}

/** Everything the gateway was asked to do. */
export const ledger = async (): Promise<Ledger> =>
	(await (await fetch(`${urls.sandbox}/__ledger`)).json()) as Ledger;

/** Runs `body` while the gateway misbehaves as told. */
export async function withFaults<T>(faults: unknown, body: () => Promise<T>): Promise<T> {
	await breakGateway(faults);
	try {
		return await body();
	} finally {
		await mendGateway();
	}
}

/** Has the gateway behave again, whatever it was told. */
export const mendGateway = () => fetch(`${urls.sandbox}/__faults`, { method: 'DELETE' });

/** Has the gateway misbehave from now on. */
async function breakGateway(faults: unknown): Promise<void> {
	const response = await fetch(`${urls.sandbox}/__faults`, {
		method: 'PUT',
		headers: JSON_TYPE,
		body: JSON.stringify(faults)
	});
	if (!response.ok) throw new Error(`faults were refused: ${await response.text()}`);
}
