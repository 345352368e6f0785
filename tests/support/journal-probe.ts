import { expect, inject } from 'vitest';
import { loadKeys } from '../../scripts/stack/keys.ts';
import { call, query } from './nexus.ts';
import { startProbe, withdrawProbe } from './probe.ts';
import './provided.ts';

/** Invocations with journals that a sale does not make (journal-probe/index.ts). */

/** Brings the probe up beside the service. @returns takes it away again */
export async function startJournalProbe(): Promise<() => Promise<void>> {
	const settings = inject('settings');
	const probe = await startProbe(settings, loadKeys(settings.dataDir), 'journal-probe');
	return () => withdrawProbe(settings, probe);
}

/** Starts one of the probe's handlers. @returns its invocation ID */
export async function send(path: string, input?: unknown): Promise<string> {
	const { status, body } = await call<{ invocationId: string }>(`${path}/send`, input);
	expect(status).toBe(202);
	return body.invocationId;
}

/** Resolves the awakeable that the invocation's n-th wait has named in its journal. */
export async function answer(invocationId: string, n: number, value: string): Promise<void> {
	const named = async () => {
		const rows = await query<{ index: number; name?: string; entry_json: string }>(
			`SELECT index, name, entry_json FROM sys_journal WHERE id = '${invocationId}' ORDER BY index`
		);
		const step = rows.findIndex(({ name }) => name === `Wait ${n}`);
		return step === -1 ? undefined : awakeableOf(rows[step + 1]?.entry_json);
	};
	await expect.poll(named).toBeDefined();
	const { status } = await call(`restate/awakeables/${await named()}/resolve`, value);
	expect(status).toBe(202);
}

function awakeableOf(entry: string | undefined): string | undefined {
	if (entry === undefined) return undefined;
	const { Notification } = JSON.parse(entry) as {
		Notification: { Completion: { Run: { result: { Success: number[] } } } };
	};
	const bytes = Notification.Completion.Run.result.Success;
	const value = new TextDecoder().decode(Uint8Array.from(bytes));
	return (JSON.parse(value) as { awakeable: string }).awakeable;
}

export const statusOf = async (invocationId: string): Promise<string | undefined> => {
	const rows = await query<{ status: string }>(
		`SELECT status FROM sys_invocation WHERE id = '${invocationId}'`
	);
	return rows[0]?.status;
};
