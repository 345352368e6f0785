import { csvLine } from '$lib/csv.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import type { Nexus } from '$lib/server/nexus.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

type Page = Awaited<ReturnType<Nexus['bulkOutcomes']>>;

const linesOf = ({ outcomes }: Page): string =>
	outcomes.map(({ target, outcome, message }) => csvLine([target, outcome, message])).join('');

/** What became of each item of a bulk change, as a file, read as fast as it is taken. */
export const GET: RequestHandler = ({ locals, params: { id }, platform }) =>
	orErrorPage(locals.requestId, async () => {
		const { nexus } = ports(platform);
		const text = new TextEncoder();
		let page = await nexus.bulkOutcomes(locals.actor, id, 0);
		const body = new ReadableStream<Uint8Array>({
			start(controller) {
				const header = csvLine(['target', 'outcome', 'message']);
				controller.enqueue(text.encode(header + linesOf(page)));
			},
			async pull(controller) {
				if (page.next === null) {
					controller.close();
					return;
				}
				page = await nexus.bulkOutcomes(locals.actor, id, page.next);
				controller.enqueue(text.encode(linesOf(page)));
			}
		});
		return new Response(body, {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': `attachment; filename="${id}.csv"`,
				'cache-control': 'no-store'
			}
		});
	});
