import { json } from '@sveltejs/kit';
import { envOf } from '$lib/server/platform-env.ts';
import { createAdmin } from '$lib/server/restate-admin.ts';
import type { RequestHandler } from './$types';

/** Whether the console reaches Restate: what the dot in the sidebar asks. */
export const GET: RequestHandler = async ({ platform }) => {
	const { RESTATE_ADMIN_URL: url, RESTATE_TOKEN: token } = envOf(platform);
	const restate = await createAdmin({ url, token }).health();
	return json(
		{ restate },
		{ status: restate ? 200 : 503, headers: { 'cache-control': 'no-store' } }
	);
};
