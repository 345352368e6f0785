import type { RequestEvent } from '@sveltejs/kit';
import { EVIDENCE_FORMAT, evidenceName, sealEvidence } from '../evidence.ts';
import type { EvidencePart, EvidenceSubject } from '../evidence.ts';
import { redactJson } from '../journal/redact.ts';
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
 * reason; the others are there all the same. Whoever takes evidence leaves a line in the console's
 * own log.
 */
export async function evidenceFile(
	{ locals, platform }: Pick<RequestEvent, 'locals' | 'platform'>,
	subject: EvidenceSubject,
	sources: EvidenceSources
): Promise<Response> {
	const { actor, requestId } = locals;
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
	const { whole } = bundle.manifest;
	const line = { level: 'info', message: 'Evidence exported', subject, actor, requestId, whole };
	console.info(JSON.stringify(line));
	return new Response(`${JSON.stringify(bundle, null, '\t')}\n`, {
		headers: {
			'content-type': 'application/json',
			'content-disposition': `attachment; filename="${evidenceName(bundle)}"`,
			'cache-control': 'no-store'
		}
	});
}

async function part(read: () => Promise<Taken>): Promise<EvidencePart> {
	try {
		const { value, truncated = null, plain = false } = await read();
		return { ok: true, truncated, value: plain ? value : redactJson(value) };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		return { ok: false, why: error.message };
	}
}
