import { redactJson, redactText } from './redact.ts';
import { blankItem } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';

/** A record of D1's audit. */
export interface AuditRecord {
	/** The Operations invocation that did it. */
	id: string;
	at: number;
	actor: string;
	role: string;
	action: string;
	target: string;
	reason: string;
	before: unknown;
	after: unknown;
	outcome: 'done' | 'refused';
}

const VERBS: Record<string, string> = {
	forceRelease: 'Force release',
	cancelCheckout: 'Cancel checkout',
	refundOrder: 'Refund order',
	resendEmail: 'Resend mail'
};

/** Operators' actions as timeline rows, oldest first. */
export const auditItems = (records: readonly AuditRecord[]): TimelineItem[] =>
	records
		.toSorted((a, b) => a.at - b.at)
		.map((record) => ({
			...blankItem,
			id: `a${record.id}`,
			at: record.at,
			source: 'audit',
			kind: 'action',
			verb: VERBS[record.action] ?? record.action,
			subject: redactText(record.reason),
			note: `${record.outcome} · by ${record.actor} (${record.role})`,
			invocationId: record.id,
			details: [
				{ label: 'Target', payload: { kind: 'text', text: record.target } },
				{ label: 'Before', payload: { kind: 'json', value: redactJson(record.before) } },
				{ label: 'After', payload: { kind: 'json', value: redactJson(record.after) } }
			],
			failed: record.outcome === 'refused'
		}));
