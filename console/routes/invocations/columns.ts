import type { ColumnName } from '$lib/invocation-view.ts';

export const COLUMN_LABELS: Record<ColumnName, string> = {
	status: 'Status',
	target: 'Target',
	id: 'ID',
	created: 'Created',
	modified: 'Changed',
	completed: 'Ended',
	duration: 'Duration',
	failure: 'Last failure',
	retries: 'Failed attempts',
	nextRetry: 'Next attempt',
	caller: 'Called by',
	deployment: 'Deployment',
	idempotency: 'Idempotency key',
	journal: 'Journal'
};

/** A row without these would not say what it is. */
export const FIXED_COLUMNS: readonly ColumnName[] = ['status', 'target'];

export const COLUMN_CLASSES: Record<ColumnName, string> = {
	status: 'w-30',
	target: 'min-w-56',
	id: 'w-38 max-lg:hidden',
	created: 'w-24',
	modified: 'w-24',
	completed: 'w-24',
	duration: 'w-24',
	failure: 'min-w-40',
	retries: 'w-20',
	nextRetry: 'w-24',
	caller: 'min-w-36',
	deployment: 'w-36',
	idempotency: 'min-w-32',
	journal: 'w-20'
};

export const NUMBER_COLUMNS: readonly ColumnName[] = ['duration', 'retries', 'journal'];

/** These share what the others leave, and cut their text short. */
export const WIDE_COLUMNS: readonly ColumnName[] = ['target', 'failure', 'caller', 'idempotency'];
