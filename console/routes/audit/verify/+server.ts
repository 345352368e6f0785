import { error, json } from '@sveltejs/kit';
import type { ChainHead } from '$shared/audit-chain.ts';
import { START, walkChain } from '$lib/server/audit-chain.ts';
import { readChainHead } from '$lib/server/audit-head.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { envOf } from '$lib/server/platform-env.ts';
import type { RequestHandler } from './$types';

/** Walks the chain of the audit, from `after=<seq>.<hash>` on where an earlier answer came to that. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const env = envOf(platform);
		const after = readPlace(url.searchParams.get('after'));
		const walk = await walkChain(env.DB, () => readChainHead(env, locals.actor), after);
		return json(walk, { headers: { 'cache-control': 'no-store' } });
	});

function readPlace(text: string | null): ChainHead {
	if (text === null) return START;
	const [, seq, hash] = /^(\d{1,15})\.([0-9a-f]{64})$/.exec(text) ?? [];
	if (seq === undefined || hash === undefined)
		error(400, {
			message: '"after" is the number and the hash of a record, as an earlier answer has them',
			code: 'bad-request'
		});
	return { seq: Number(seq), hash };
}
