import { invocationOf } from '../audit-record.ts';
import type { AuditRecord } from '../audit-record.ts';
import { recordName } from '../audit-words.ts';
import { redactJson, redactText } from './redact.ts';
import { blankItem } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';

/** A record with what it changed. */
export interface AuditDetail extends AuditRecord {
	before: unknown;
	after: unknown;
}

/** Operators' actions as timeline rows, oldest first. */
export const auditItems = (records: readonly AuditDetail[]): TimelineItem[] =>
	records
		.toSorted((a, b) => a.at - b.at)
		.map((record) => ({
			...blankItem,
			id: `a${record.id}`,
			at: record.at,
			source: 'audit',
			kind: 'action',
			verb: recordName(record),
			subject: redactText(record.reason),
			note: `${record.outcome} · by ${record.actor} (${record.role})`,
			invocationId: invocationOf(record),
			details: [
				{ label: 'Target', payload: { kind: 'text', text: record.target } },
				{ label: 'Before', payload: { kind: 'json', value: redactJson(record.before) } },
				{ label: 'After', payload: { kind: 'json', value: redactJson(record.after) } }
			],
			failed: record.outcome === 'refused'
		}));
