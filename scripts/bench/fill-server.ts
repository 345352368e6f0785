import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { text, textList } from '../../shared/sql.ts';
import { postJson } from '../ingress.ts';
import { queryRestate } from '../restate-sql.ts';
import { bundleWorker } from '../stack/build.ts';
import { registerDeployment } from '../stack/restate.ts';
import type { Settings } from '../stack/settings.ts';
import { startWorkerd } from '../stack/workerd.ts';
import { until } from '../until.ts';
import { BATCH_SIZE } from './filler/mix.ts';
import type { Kind } from './filler/mix.ts';

/** Where to fill, and how much. */
export interface Fill {
	settings: Settings;
	/** Invocations wanted. */
	count: number;
	/** The filler Worker's own port; the server calls it there for as long as it runs. */
	port: number;
	say: (text: string) => void;
}

/** Batches sent at once: more only queue up in the server. */
const SENDERS = 4;
/** Cancelled or killed at once. */
const OPERATORS = 16;
const LOOK_MS = 2_000;
const PATIENCE_MS = 3_600_000;

/**
 * Fills a server. Each batch has its own idempotency key, so a fill that was cut short goes on
 * where it was, and one that is complete adds nothing.
 *
 * @returns stops the filler's Worker
 */
export async function fillServer({
	settings,
	count,
	port,
	say
}: Fill): Promise<() => Promise<void>> {
	const bundle = await bundleWorker(
		'scripts/bench/filler/wrangler.toml',
		join(settings.dataDir, 'build', 'filler')
	);
	const worker = await startWorkerd(settings, 'filler', port, [
		{
			compatibilityDate: '2026-11-01',
			compatibilityFlags: ['nodejs_compat'],
			name: 'filler',
			manifest: bundle,
			env: {}
		}
	]);
	try {
		await registerDeployment(settings.urls.admin, `http://localhost:${port}`);
		await sendBatches(settings, Math.ceil(count / BATCH_SIZE), say);
		await untilEnded(settings, ['succeeds', 'declined', 'conflicts', 'breaks'], say);
		await endSome(settings, 'cancelled', 'cancel');
		await endSome(settings, 'killed', 'kill');
		await untilEnded(settings, ['cancelled', 'killed'], say);
		return () => worker.stop();
	} catch (error) {
		await worker.stop();
		throw error;
	}
}

async function sendBatches({ urls }: Settings, batches: number, say: Fill['say']): Promise<void> {
	let next = 0;
	const step = Math.max(1, Math.round(batches / 10));
	await concurrently(SENDERS, () => {
		if (next >= batches) return undefined;
		const batch = next++;
		if (batch % step === 0) say(`${batch * BATCH_SIZE} invocations sent`);
		return postJson(`${urls.ingress}/FillerBatch/send`, batch, {
			'idempotency-key': `batch-${batch}`
		});
	});
}

const counted = z.object({ n: z.number() });

/** Until all calls of some handlers have ended. */
async function untilEnded({ urls }: Settings, handlers: Kind[], say: Fill['say']): Promise<void> {
	let told = Infinity;
	await until(
		`all of ${handlers.join(', ')} to end`,
		async () => {
			// Each look reads all there is.
			await pause(LOOK_MS);
			const [left] = await queryRestate(
				urls.admin,
				`SELECT count(*) AS n FROM sys_invocation_status
					WHERE target_service_name = 'Filler' AND status <> 'completed'
					AND target_handler_name IN ${textList(handlers)}`,
				counted
			);
			const n = left?.n ?? 0;
			if (n > 0 && n < told * 0.8) say(`${n} invocations under way`);
			told = Math.min(told, n);
			return n === 0;
		},
		PATIENCE_MS
	);
}

/** Cancels or kills those that were sent for it. */
async function endSome({ urls }: Settings, handler: Kind, action: string): Promise<void> {
	const found = await queryRestate(
		urls.admin,
		`SELECT id FROM sys_invocation_status WHERE target_service_name = 'Filler'
			AND target_handler_name = ${text(handler)} AND status <> 'completed'`,
		z.object({ id: z.string() })
	);
	await concurrently(OPERATORS, () => {
		const row = found.pop();
		return row && end(`${urls.admin}/invocations/${row.id}/${action}`);
	});
}

async function end(url: string): Promise<void> {
	const answer = await fetch(url, { method: 'PATCH' });
	// 409: it has ended by itself, or by an earlier fill.
	if (!answer.ok && answer.status !== 409)
		throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
	await answer.body?.cancel();
}

/** Runs tasks, `lanes` at a time, until there is none left. */
async function concurrently(
	lanes: number,
	next: () => Promise<unknown> | undefined
): Promise<void> {
	const lane = async () => {
		for (let task = next(); task; task = next()) await task;
	};
	await Promise.all(Array.from({ length: lanes }, lane));
}
