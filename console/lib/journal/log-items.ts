import type { LogRow } from '$shared/log-row.ts';
import { duration } from '../format.ts';
import { redactJson, redactText } from './redact.ts';
import { blankItem } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';

/** The Worker's log rows as timeline rows, oldest first. */
export const logItems = (rows: readonly (LogRow & { id: number })[]): TimelineItem[] =>
	[...rows].sort((a, b) => a.at - b.at || a.id - b.id).map(logItem);

function logItem(row: LogRow & { id: number }): TimelineItem {
	const item = { ...blankItem, id: `l${row.id}`, at: row.at, source: 'log' } as const;
	if (row.kind === 'outcome')
		return {
			...item,
			kind: 'outcome',
			verb: 'Worker ran',
			subject: row.outcome,
			note: [time('CPU', row.cpuMs), time('wall', row.wallMs)].filter(Boolean).join(' · ') || null,
			failed: row.outcome !== 'ok'
		};
	const [subject = '', ...rest] = redactText(row.message).split('\n');
	return {
		...item,
		kind: row.kind,
		verb: row.kind === 'exception' ? 'Exception' : row.level,
		subject,
		details: detailsOf(rest.join('\n'), row.fields),
		failed: row.kind === 'exception' || row.level === 'error'
	};
}

function detailsOf(text: string, fields: LogRow['fields']): TimelineItem['details'] {
	const details: TimelineItem['details'] = [];
	if (text !== '') details.push({ label: 'Text', payload: { kind: 'text', text } });
	if (fields)
		details.push({ label: 'Fields', payload: { kind: 'json', value: redactJson(fields) } });
	return details;
}

/** A runtime that does not measure says 0. */
const time = (label: string, ms: number | null): string | null =>
	ms === null || ms === 0 ? null : `${label} ${duration(ms)}`;
