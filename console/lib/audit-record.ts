/** What an operator did or tried, as D1's audit keeps it. */
export interface AuditRecord {
	/** The Operations invocation that did it. */
	id: string;
	at: number;
	actor: string;
	role: string;
	action: string;
	target: string;
	reason: string;
	/** `done`, `refused`, `proposed`, `approved`, … */
	outcome: string;
}
