import type { ResolvedPathname } from '$app/types';
import type { LucideIcon } from '@lucide/svelte';
import Activity from '@lucide/svelte/icons/activity';
import Boxes from '@lucide/svelte/icons/boxes';
import GitPullRequest from '@lucide/svelte/icons/git-pull-request-arrow';
import Inbox from '@lucide/svelte/icons/inbox';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import { urls } from '../../urls.ts';

export interface Page {
	label: string;
	href: ResolvedPathname;
	icon: LucideIcon;
	/** What on it waits for somebody: where that is counted, and what it is called. */
	count?: { url: ResolvedPathname; what: string };
}

/** The console's pages that stand for themselves, as the menu and the palette list them. */
export const PAGES: readonly Page[] = [
	{ label: 'Overview', href: urls.overview(), icon: LayoutDashboard },
	{ label: 'Worklist', href: urls.worklist(), icon: Inbox },
	{ label: 'Invocations', href: urls.invocations(), icon: Activity },
	{ label: 'Orders', href: urls.orders(), icon: ReceiptText },
	{
		...{ label: 'Changes', href: urls.changes(), icon: GitPullRequest },
		count: { url: urls.changesWaiting(), what: 'awaiting approval' }
	},
	{ label: 'Logs', href: urls.logs(), icon: ScrollText },
	{ label: 'Audit', href: urls.audit(), icon: ShieldCheck },
	{ label: 'Deployments', href: urls.deployments(), icon: Boxes }
];
