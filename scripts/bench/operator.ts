import { z } from 'zod';
import { getJson, postJson } from '../ingress.ts';
import type { Settings } from '../stack/settings.ts';

const offer = z.object({ seal: z.string(), intentId: z.string() });
const actionResult = z.object({ type: z.string(), data: z.string().optional() });

/** Pages that an operator looks at between two acts. */
const PAGES = ['/', '/orders', '/invocations', '/logs'];

/**
 * One act of an operator, as the console's pages do it: a walk-in holds a seat, the operator looks
 * around, opens the seat, looks at what its release would do, and asks for it.
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
	const asked = new URLSearchParams({ what: 'forceRelease', target: seat });
	const { seal, intentId } = offer.parse(await getJson(`${site}/changes/new/data?${asked}`));
	const response = await fetch(`${site}/changes/new?/ask`, {
		method: 'POST',
		headers: { accept: 'application/json', origin: site, 'x-sveltekit-action': 'true' },
		body: new URLSearchParams({ seal, intentId, reason: 'load: the walk-in left' })
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
