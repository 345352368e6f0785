import type { JournalEventRow } from './entry.ts';
import type { Detail } from './entry-details.ts';
import { redactText } from './redact.ts';
import { blankItem } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';

interface Failure {
	error_code?: number;
	error_message?: string;
	error_stacktrace?: string;
	restate_doc_error_code?: string;
	related_command_name?: string;
	related_command_type?: string;
}

interface RawEvent extends Failure {
	/** Of a pause. */
	last_failure?: Failure;
}

/**
 * Failed attempts and pauses as timeline rows, oldest first. Restate keeps an attempt's failure
 * only when it differs from the one before, so a row stands for all that repeat it.
 */
export const eventItems = (rows: readonly JournalEventRow[]): TimelineItem[] =>
	[...rows].sort((a, b) => Date.parse(a.appended_at) - Date.parse(b.appended_at)).map(eventItem);

function eventItem(row: JournalEventRow): TimelineItem {
	const event = JSON.parse(row.event_json) as RawEvent;
	const paused = row.event_type === 'Paused';
	const failure = paused ? event.last_failure : event;
	const known = paused || row.event_type === 'TransientError';
	return {
		...blankItem,
		id: `e${row.after_journal_entry_index}-${row.appended_at}-${row.event_type}`,
		at: Date.parse(row.appended_at),
		source: 'journal',
		kind: paused ? 'pause' : known ? 'retry' : 'other',
		verb: paused ? 'Paused' : known ? 'Attempt failed' : row.event_type,
		subject: failure?.error_message === undefined ? null : redactText(failure.error_message),
		note: failure ? stepOf(failure) : null,
		details: detailsOf(failure),
		failed: known
	};
}

/** The step that failed: by its name, else by what it was. */
function stepOf({ related_command_name: name, related_command_type: type }: Failure) {
	const step = name === undefined || name === '' ? type : `“${name}”`;
	return step === undefined ? null : `at ${step}`;
}

function detailsOf(failure: Failure | undefined): Detail[] {
	if (!failure) return [];
	const code = [failure.error_code, failure.restate_doc_error_code].filter(Boolean).join(' · ');
	const details: Detail[] = [];
	if (code !== '') details.push({ label: 'Code', payload: { kind: 'text', text: code } });
	if (failure.error_stacktrace)
		details.push({
			label: 'Stack',
			payload: { kind: 'text', text: redactText(failure.error_stacktrace) }
		});
	return details;
}
