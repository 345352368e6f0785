import { setTimeout as pause } from 'node:timers/promises';
import { ConnectionError, postJson, ServiceError } from '../../ingress.ts';
import type { SeatView } from '../../../shared/seat-history.ts';
import { until } from '../../until.ts';
import { DECLINED, VISA } from '../site.ts';
import type { Answer, Site } from '../site.ts';
import { clock, pick } from './notebook.ts';
import type { Notebook } from './notebook.ts';

/** Longer than every outage of a run. */
const PATIENCE_MS = 240_000;
const AGAIN_MS = 50;

export interface Crowd {
	site: Site;
	notebook: Notebook;
	seats: readonly string[];
	random: () => number;
	/** Whether nobody is to begin anything more. */
	over: () => boolean;
}

/** One buyer after another, each a user of their own, until the run is over. */
export async function buyers(crowd: Crowd, line: number): Promise<void> {
	const { notebook, random, seats, over } = crowd;
	for (let visit = 0; !over(); visit++) {
		const user = `buyer-${line}-${visit}`;
		const draw = random();
		try {
			if (draw < 0.15) await read(crowd, pick(seats, random));
			else if (draw < 0.4) await reserveThenMaybeBuy(crowd, user);
			else await buy(crowd, user, party(crowd));
		} catch (error) {
			notebook.problems.push(`${user}: ${String(error)}`);
		}
	}
}

/** What a seat's own handler says of it. */
export async function read({ site, notebook }: Crowd, seat: string): Promise<SeatView> {
	const url = `${site.stack.settings.urls.ingress}/Ticket/${seat}/get`;
	const deadline = clock() + PATIENCE_MS;
	for (;;) {
		const from = clock();
		const view = await unlessLost(() => postJson(url, undefined) as Promise<SeatView>);
		if (view !== null) {
			notebook.calls.push({ call: 'read', from, to: clock(), seat, view });
			return view;
		}
		if (clock() > deadline) throw new Error(`${seat} could not be read for minutes`);
		await pause(AGAIN_MS);
	}
}

async function reserveThenMaybeBuy(crowd: Crowd, user: string): Promise<void> {
	const { site, notebook, random, seats } = crowd;
	const seat = pick(seats, random);
	const from = clock();
	const answer = await unlessLost(() => site.call(`Ticket/${seat}/reserve`, user));
	notebook.calls.push({ call: 'reserve', from, to: clock(), seat, user, answer });
	if (answer?.status === 200 && random() < 0.6) await buy(crowd, user, [seat]);
}

async function buy(crowd: Crowd, user: string, seats: readonly string[]): Promise<void> {
	const { site, notebook, random } = crowd;
	const paymentMethod = random() < 0.12 ? DECLINED : VISA;
	const email = random() < 0.3 ? { email: `${user}@example.com` } : {};
	const purchase = { ticketIds: [...seats], userId: user, paymentMethod, ...email };
	const from = clock();
	// Under one key a purchase that is sent again stays one.
	const { invocationId, orderId, answer } = await until(
		`a checkout of ${user} to begin`,
		() => site.begin(purchase, user),
		PATIENCE_MS
	);
	const begun = { invocationId, order: orderId, seats };
	notebook.underWay.set(invocationId, begun);
	const told: Answer = await answer.finally(() => notebook.underWay.delete(invocationId));
	notebook.calls.push({
		call: 'checkout',
		from,
		to: clock(),
		seats,
		user,
		order: orderId,
		answer: told
	});
	notebook.count(`checkout ${told.status}`);
	if (told.status === 200) notebook.confirmed.push(begun);
}

function party({ random, seats }: Crowd): string[] {
	const size = random() < 0.65 ? 1 : random() < 0.7 ? 2 : 3;
	return [...new Set(Array.from({ length: size }, () => pick(seats, random)))];
}

/**
 * Null when the connection broke, so that nobody knows what came of the call, or when the server has
 * only just started: for a moment it answers, and has not read yet what is registered with it.
 */
export async function unlessLost<T>(send: () => Promise<T>): Promise<T | null> {
	try {
		return await send();
	} catch (error) {
		if (error instanceof ConnectionError || knowsNoServices(error)) return null;
		throw error;
	}
}

const knowsNoServices = (error: unknown): boolean =>
	error instanceof ServiceError &&
	error.status === 404 &&
	/^service '\w+' not found, make sure to register the service/.test(error.message);
