/**
 * An evidence bundle: all that is known of one order, seat or invocation at one moment, in one file
 * that shows when it was changed afterwards. docs/OPERATIONS.md has the lines that check one without
 * Nexus.
 */

export const EVIDENCE_FORMAT = 'nexus-evidence/1';

/** What was taken from one source, or why nothing could be. */
export type EvidencePart =
	| {
			ok: true;
			/** What was left out since it is too much; null where the part is whole. */
			truncated: string | null;
			value: unknown;
	  }
	| { ok: false; why: string };

export interface EvidenceSubject {
	kind: 'order' | 'seat' | 'invocation';
	id: string;
}

export interface Evidence {
	format: typeof EVIDENCE_FORMAT;
	subject: EvidenceSubject;
	/** ISO 8601, UTC. */
	exportedAt: string;
	exportedBy: { name: string; role: string };
	/** The request that asked for it, as in the console's own log. */
	requestId: string;
	/** Whether personal data is masked, since its reader may not see it. */
	masked: boolean;
	parts: Record<string, EvidencePart>;
}

export interface EvidenceBundle extends Evidence {
	manifest: {
		algorithm: 'sha256';
		/** Of the canonical JSON of each part. */
		parts: Record<string, string>;
		/** Of the canonical JSON of the whole file but for this. */
		whole: string;
	};
}

/** JSON with its fields in the order of their names and no space: equal values have equal texts. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const fields = Object.entries(value)
		.filter(([, child]) => child !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, child]) => `${JSON.stringify(name)}:${canonical(child)}`);
	return `{${fields.join(',')}}`;
}

/** Adds the hashes of evidence to it. */
export async function sealEvidence(evidence: Evidence): Promise<EvidenceBundle> {
	// What JSON does not keep is not evidence: hashes are of what the file holds.
	const plain = JSON.parse(JSON.stringify(evidence)) as Evidence;
	const manifest = { algorithm: 'sha256' as const, parts: await hashesOf(plain.parts) };
	const whole = await sha256(canonical({ ...plain, manifest }));
	return { ...plain, manifest: { ...manifest, whole } };
}

/** What of a bundle is not as it was exported: names of parts, and `whole`. */
export async function changedIn(bundle: EvidenceBundle): Promise<string[]> {
	const { whole, ...manifest } = bundle.manifest;
	const now = await hashesOf(bundle.parts);
	const names = new Set([...Object.keys(now), ...Object.keys(manifest.parts)]);
	const changed = [...names].filter((name) => now[name] !== manifest.parts[name]);
	const same = (await sha256(canonical({ ...bundle, manifest }))) === whole;
	return same ? changed : [...changed, 'whole'];
}

async function hashesOf(parts: Evidence['parts']): Promise<Record<string, string>> {
	const hashes = Object.entries(parts).map(
		async ([name, part]) => [name, await sha256(canonical(part))] as const
	);
	return Object.fromEntries(await Promise.all(hashes));
}

async function sha256(text: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the file is called: whose it is, and when. */
export const evidenceName = ({ subject, exportedAt }: Evidence): string => {
	const id = subject.id.replaceAll(/[^\w.-]/g, '_');
	return `evidence-${subject.kind}-${id}-${exportedAt.slice(0, 19).replaceAll(':', '')}Z.json`;
};
