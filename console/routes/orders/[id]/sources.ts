import type { LucideIcon } from '@lucide/svelte';
import Armchair from '@lucide/svelte/icons/armchair';
import CreditCard from '@lucide/svelte/icons/credit-card';
import Mail from '@lucide/svelte/icons/mail';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import UserRound from '@lucide/svelte/icons/user-round';
import Workflow from '@lucide/svelte/icons/workflow';
import type { CaseSource } from '$lib/order-case/case-item.ts';

/** The sign and the name of each source of a case's timeline. */
export const SOURCE_LOOKS: Record<CaseSource, { label: string; icon: LucideIcon }> = {
	workflow: { label: 'Steps', icon: Workflow },
	seat: { label: 'Seats', icon: Armchair },
	money: { label: 'Money', icon: CreditCard },
	mail: { label: 'Mail', icon: Mail },
	operator: { label: 'Operators', icon: UserRound },
	log: { label: 'Logs', icon: ScrollText }
};
