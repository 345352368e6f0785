import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { EVIDENCE_FORMAT, evidenceName, sealEvidence } from '../evidence.ts';
import type { EvidencePart, EvidenceSubject } from '../evidence.ts';
import { redactJson } from '../journal/redact.ts';
import { ports } from './ports.ts';
import { UpstreamError } from './upstream-error.ts';
import { veilOf } from './veil.ts';

/** What a source tells, and what it leaves out where that is too much. */
export interface Taken {
	value: unknown;
	truncated?: string | undefined;
	/** It comes from the gateway, whose IDs look like keys, and holds no secret. */
	plain?: boolean;
}

/** The sources of a bundle, by the name of their part. */
export type EvidenceSources = Record<string, () => Promise<Taken>>;

/**
 * Puts what is known of something into one file. A source that cannot be read is named with the
 * reason; the others are there all the same. Who took it, and its hash, are in the audit before it
 * is handed out.
 *
 * @throws UpstreamError when that cannot be recorded
 */
export async function evidenceFile(
	{ locals, platform, request }: Pick<RequestEvent, 'locals' | 'platform' | 'request'>,
	subject: EvidenceSubject,
	sources: EvidenceSources
): Promise<Response> {
	const { actor, requestId } = locals;
	refuseOtherSites(request);
	const taken = Object.entries(sources).map(
		async ([name, read]) => [name, await part(read)] as const
	);
	const bundle = await sealEvidence({
		format: EVIDENCE_FORMAT,
		subject,
		parts: Object.fromEntries(await Promise.all(taken)),
		exportedAt: new Date().toISOString(),
		exportedBy: { name: actor.name, role: actor.role },
		requestId,
		masked: veilOf(platform).drawn
	});
	const { exportedAt, masked, manifest } = bundle;
	const caller = { actor, requestId, intentId: requestId };
	await recorded(() =>
		ports(platform).nexus.recordExport(caller, {
			...{ subject, exportedAt, masked },
			whole: manifest.whole
		})
	);
	return new Response(`${JSON.stringify(bundle, null, '\t')}\n`, {
		headers: {
			'content-type': 'application/json',
			'content-disposition': `attachment; filename="${evidenceName(bundle)}"`,
			'cache-control': 'no-store'
		}
	});
}

/** Another site's page must not have its reader leave records here. */
function refuseOtherSites({ headers }: Request): void {
	const site = headers.get('sec-fetch-site') ?? 'none';
	if (site !== 'none' && site !== 'same-origin')
		error(403, {
			message: 'Evidence is not handed to other sites: take it from its own page in this console',
			code: 'cross-origin'
		});
}

async function recorded(write: () => Promise<void>): Promise<void> {
	try {
		await write();
	} catch (failure) {
		if (!(failure instanceof UpstreamError)) throw failure;
		const { code, message, status, retryable } = failure;
		throw new UpstreamError(
			code,
			`Evidence is handed out only once that is in the audit, and it could not be recorded: ${message}`,
			{ status, retryable, cause: failure }
		);
	}
}

async function part(read: () => Promise<Taken>): Promise<EvidencePart> {
	try {
		const { value, truncated = null, plain = false } = await read();
		return { ok: true, truncated, value: plain ? value : redactJson(value) };
	} catch (failure) {
		if (!(failure instanceof UpstreamError)) throw failure;
		return { ok: false, why: failure.message };
	}
}
