/** The text colour that stands for a status of seats in a chart's key. */
export const KEY_COLORS = {
	available: 'text-seat-available',
	held: 'text-seat-held',
	sold: 'text-seat-sold',
	overdue: 'text-seat-overdue'
} as const;
