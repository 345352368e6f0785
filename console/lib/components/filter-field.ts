/** The look of a field in a filter's form. */
export const FILTER_FIELD =
	'h-7 min-w-0 rounded-md border border-line-strong bg-surface px-2 text-xs text-ink ' +
	'placeholder:text-ink-3';
