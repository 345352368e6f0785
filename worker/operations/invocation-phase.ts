/** What a status comes to for whoever acts on it: how it is under way changes by itself. */
export type Phase = 'scheduled' | 'under way' | 'paused' | 'completed';

export function phaseOf(status: string): Phase {
	if (status === 'scheduled' || status === 'paused' || status === 'completed') return status;
	return 'under way';
}
