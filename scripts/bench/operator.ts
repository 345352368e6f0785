import { z } from 'zod';
import { postJson } from '../ingress.ts';
import type { Settings } from '../stack/settings.ts';

const seatView = z.object({ epoch: z.int() });
const actionResult = z.object({ type: z.string(), data: z.string().optional() });

/** Pages that an operator looks at between two acts. */
const PAGES = ['/', '/orders', '/invocations', '/logs'];

/**
 * One act of an operator, as the console's pages do it: a walk-in holds a seat, the operator looks
 * around, opens the seat and releases it.
 *
 * @throws when the console refuses any of it
 */
export async function releaseSeat(
	{ ingress, console: site }: Settings['urls'],
	seat: string,
	turn: number
): Promise<void> {
	await postJson(`${ingress}/Ticket/${seat}/reserve`, `walk-in-${turn}`);
	await open(`${site}${PAGES[turn % PAGES.length] ?? '/'}`);
	await open(`${site}/seats/${seat}`);
	const { epoch } = seatView.parse(await postJson(`${ingress}/Ticket/${seat}/get`, undefined));
	const response = await fetch(`${site}/seats/${seat}?/release`, {
		method: 'POST',
		headers: { accept: 'application/json', origin: site, 'x-sveltekit-action': 'true' },
		body: new URLSearchParams({
			epoch: String(epoch),
			reason: 'load: the walk-in left',
			intentId: crypto.randomUUID()
		})
	});
	const answer = actionResult.parse(await response.json());
	if (answer.type !== 'success')
		throw new Error(`The release of ${seat} was refused: ${answer.type} ${answer.data ?? ''}`);
}

async function open(url: string): Promise<void> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url} answered ${response.status}`);
	await response.arrayBuffer();
}
