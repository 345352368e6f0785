import type { LucideIcon } from '@lucide/svelte';
import Activity from '@lucide/svelte/icons/activity';
import Armchair from '@lucide/svelte/icons/armchair';
import Boxes from '@lucide/svelte/icons/boxes';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import type { HitKind } from '../search.ts';

/** The sign and the name of each kind of hit. */
export const HIT_LOOKS: Record<HitKind, { label: string; icon: LucideIcon }> = {
	order: { label: 'Orders', icon: ReceiptText },
	seat: { label: 'Seats', icon: Armchair },
	invocation: { label: 'Invocations', icon: Activity },
	event: { label: 'Events', icon: CalendarDays },
	deployment: { label: 'Deployments', icon: Boxes }
};
