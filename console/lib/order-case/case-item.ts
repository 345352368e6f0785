export const CASE_SOURCES = ['workflow', 'seat', 'money', 'mail', 'operator', 'log'] as const;
export type CaseSource = (typeof CASE_SOURCES)[number];

/** One thing that happened in an order's life. */
export interface CaseItem {
	/** Stable while the order goes on. */
	id: string;
	at: number;
	source: CaseSource;
	title: string;
	detail: string | null;
	failed: boolean;
	durationMs: number | null;
	/** What it leads to. */
	invocationId: string | null;
	seat: string | null;
	/** How many log lines say the same, where one item stands for all of them. */
	times: number;
}
