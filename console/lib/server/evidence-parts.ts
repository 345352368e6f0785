import type { StoredLog } from '$shared/log-row.ts';
import type { Detail } from '../journal/entry-details.ts';
import type { WireEntry } from '../journal/wire-entry.ts';
import type { Taken } from './evidence.ts';
import { readJournal, readPayloads } from './invocation-detail.ts';
import type { Logs } from './logs.ts';
import type { Admin } from './restate-admin.ts';

/** What every bundle holds of an invocation: its journal with its payloads, and its log lines. */

const MOST_ENTRIES = 1000;
/** Of so many entries the payloads are read as well, so many at a time. */
const MOST_PAYLOADS = 200;
const AT_ONCE = 8;
/** Log lines that the store hands out of one invocation. */
const MOST_LINES = 1000;

interface EvidenceEntry extends WireEntry {
	carries?: Detail[];
}

/** The journal of an invocation. @throws UpstreamError */
export async function takeJournal(admin: Admin, id: string): Promise<Taken> {
	const read = await readJournal(admin, id, 0, MOST_ENTRIES + 1);
	const entries: EvidenceEntry[] = read.slice(0, MOST_ENTRIES);
	const carrying = entries.filter(({ more, large }) => more === true && large === undefined);
	for (let n = 0; n < Math.min(carrying.length, MOST_PAYLOADS); n += AT_ONCE)
		await Promise.all(
			carrying.slice(n, Math.min(n + AT_ONCE, MOST_PAYLOADS)).map(async (entry) => {
				entry.carries = (await readPayloads(admin, id, [entry.index])) ?? [];
			})
		);
	return { value: { invocationId: id, entries }, truncated: leftOut(read, entries, carrying) };
}

function leftOut(
	read: readonly WireEntry[],
	entries: readonly WireEntry[],
	carrying: readonly WireEntry[]
): string | undefined {
	const large = entries.filter((entry) => entry.large !== undefined).length;
	const parts = [
		...(read.length > entries.length ? [`entries after the first ${MOST_ENTRIES}`] : []),
		...(carrying.length > MOST_PAYLOADS ? [`payloads after the first ${MOST_PAYLOADS}`] : []),
		...(large > 0 ? [`payloads of ${large} entries that are too large`] : [])
	];
	return parts.length > 0 ? `Left out: ${parts.join('; ')}` : undefined;
}

/** The log lines of some invocations, oldest first. @throws UpstreamError */
export async function takeLogs(logs: Logs, ids: readonly string[]): Promise<Taken> {
	const found = await Promise.all(ids.map((id) => logs.byInvocation(id)));
	const full = ids.filter((_, n) => (found[n]?.length ?? 0) >= MOST_LINES);
	return {
		value: found.flat().toSorted(byTime),
		truncated:
			full.length > 0 ? `Only the newest ${MOST_LINES} lines of ${full.join(', ')}` : undefined
	};
}

const byTime = (a: StoredLog, b: StoredLog): number => a.at - b.at || a.id - b.id;

/** Which versions of the service there are. @throws UpstreamError */
export const takeDeployments = async (admin: Admin): Promise<Taken> => ({
	value: await admin.deployments()
});
