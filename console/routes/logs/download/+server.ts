import { error } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { LOG_FORMATS } from '$lib/server/log-formats.ts';
import { downloadLogs } from '$lib/server/log-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The rows that the page's filter means, as a file. */
export const GET: RequestHandler = ({ locals: { requestId }, platform, url }) =>
	orErrorPage(requestId, async () => {
		const name = url.searchParams.get('format') ?? '';
		const format = LOG_FORMATS.get(name);
		if (!format)
			error(400, {
				message: `"${name}" is not a format; use one of ${[...LOG_FORMATS.keys()].join(', ')}`,
				code: 'bad-request',
				requestId
			});
		const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '');
		return new Response(await downloadLogs(ports(platform).logs, url.searchParams, format), {
			headers: {
				'content-type': format.type,
				'content-disposition': `attachment; filename="nexus-logs-${stamp}.${name}"`,
				'cache-control': 'no-store'
			}
		});
	});
