import { csvLine } from '../csv.ts';
import type { Cell } from '../csv.ts';
import type { ListedInvocation } from '../invocation.ts';
import type { InvocationView } from '../invocation-view.ts';
import { listInvocations } from './invocation-pages.ts';
import type { InvocationPage } from './invocation-pages.ts';
import { select } from './invocation-selection.ts';
import type { Sources } from './invocation-selection.ts';

/** Each reading looks at all invocations, so few large ones are cheaper than many small ones. */
const CHUNK = 2000;

const time = (at: number | null): string | null =>
	at === null ? null : new Date(at).toISOString();

const COLUMNS: readonly [name: string, read: (invocation: ListedInvocation) => Cell][] = [
	['id', ({ id }) => id],
	['status', ({ status }) => status],
	['service', ({ service }) => service],
	['handler', ({ handler }) => handler],
	['key', ({ key }) => key],
	['created', ({ createdAt }) => time(createdAt)],
	['modified', ({ modifiedAt }) => time(modifiedAt)],
	['completed', ({ completedAt }) => time(completedAt)],
	['starts', ({ startsAt }) => time(startsAt)],
	['failed_attempts', ({ retryCount }) => retryCount],
	['next_retry', ({ nextRetryAt }) => time(nextRetryAt)],
	['failure_code', ({ failure }) => failure?.code ?? null],
	['failure', ({ failure }) => failure?.message ?? null],
	['failed_step', ({ failedStep }) => failedStep],
	['called_by', ({ caller }) => caller.by],
	['caller', ({ caller }) => caller.target],
	['caller_id', ({ caller }) => caller.id],
	['deployment', ({ deployment }) => deployment],
	['idempotency_key', ({ idempotencyKey }) => idempotencyKey],
	['journal_entries', ({ journalSize }) => journalSize]
];

const linesOf = ({ rows }: InvocationPage): string =>
	rows.map((row) => csvLine(COLUMNS.map(([, read]) => read(row)))).join('');

/**
 * The invocations of a view as a table, from its position on, read as fast as it is taken. All of
 * them: a reading that fails half-way breaks the download off, so a file that ends well is whole.
 *
 * @throws UpstreamError when its first rows cannot be read
 */
export async function invocationCsv(
	sources: Sources,
	{ filter, sort, position }: InvocationView
): Promise<ReadableStream<Uint8Array>> {
	const selection = await select(sources, filter);
	const read = (from: InvocationView['position']) =>
		listInvocations(sources.admin, selection, { sort, position: from, limit: CHUNK });
	const text = new TextEncoder();
	let page = await read(position);
	return new ReadableStream<Uint8Array>({
		start(controller) {
			const header = csvLine(COLUMNS.map(([name]) => name));
			controller.enqueue(text.encode(header + linesOf(page)));
		},
		async pull(controller) {
			if (page.next === null) {
				controller.close();
				return;
			}
			page = await read(page.next);
			controller.enqueue(text.encode(linesOf(page)));
		}
	});
}
