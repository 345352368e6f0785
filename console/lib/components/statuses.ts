/** The one place that says how a domain status looks and reads. */
import type { LucideIcon } from '@lucide/svelte';
import Ban from '@lucide/svelte/icons/ban';
import Bug from '@lucide/svelte/icons/bug';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import Check from '@lucide/svelte/icons/check';
import Circle from '@lucide/svelte/icons/circle';
import CircleDot from '@lucide/svelte/icons/circle-dot';
import Clock from '@lucide/svelte/icons/clock-3';
import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import Hourglass from '@lucide/svelte/icons/hourglass';
import Inbox from '@lucide/svelte/icons/inbox';
import Info from '@lucide/svelte/icons/info';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import Moon from '@lucide/svelte/icons/moon';
import OctagonX from '@lucide/svelte/icons/octagon-x';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import Skull from '@lucide/svelte/icons/skull';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Ticket from '@lucide/svelte/icons/ticket-check';
import UserCheck from '@lucide/svelte/icons/user-check';
import Undo from '@lucide/svelte/icons/undo-2';
import type { ChangeStatus } from '$shared/change.ts';
import type { LogLevel } from '$shared/log-row.ts';
import type { OrderStatus } from '$shared/order.ts';
import type { AuditOutcome } from '../audit-filter.ts';
import type { DeploymentState } from '../deployment.ts';
import type { Tone } from './tone.ts';

export interface StatusLook {
	label: string;
	tone: Tone;
	icon: LucideIcon;
	/** One sentence for the tooltip. */
	meaning: string;
}

export const SEAT_LOOKS = {
	AVAILABLE: { label: 'Available', tone: 'mute', icon: Circle, meaning: 'Anyone may reserve it' },
	RESERVED: { label: 'Held', tone: 'warn', icon: CircleDot, meaning: 'Held for one buyer' },
	SOLD: { label: 'Sold', tone: 'accent', icon: Ticket, meaning: 'Paid and confirmed' },
	OVERDUE: {
		label: 'Hold lapsed',
		tone: 'bad',
		icon: Hourglass,
		meaning: 'Stored as held but past its time: anyone may reserve it'
	},
	EXPIRING: {
		label: 'Expiring',
		tone: 'warn',
		icon: Clock,
		meaning: 'Held, but for less than two minutes more; counted among the held ones'
	},
	STUCK: {
		label: 'Stuck',
		tone: 'bad',
		icon: TriangleAlert,
		meaning: 'A hold that does not go on by itself: somebody should look at it'
	}
} satisfies Record<string, StatusLook>;

const INVOCATION_LOOKS = {
	pending: { label: 'Pending', tone: 'mute', icon: Inbox, meaning: 'Waits for its turn' },
	ready: { label: 'Ready', tone: 'mute', icon: Inbox, meaning: 'About to run' },
	scheduled: {
		label: 'Scheduled',
		tone: 'mute',
		icon: CalendarClock,
		meaning: 'Starts at a set time'
	},
	running: { label: 'Running', tone: 'info', icon: LoaderCircle, meaning: 'An attempt runs now' },
	suspended: {
		label: 'Suspended',
		tone: 'info',
		icon: Moon,
		meaning: 'Waits for a call, a timer or a step to finish'
	},
	'backing-off': {
		label: 'Backing off',
		tone: 'warn',
		icon: RotateCw,
		meaning: 'Its last attempt failed; it will be tried again'
	},
	paused: {
		label: 'Paused',
		tone: 'bad',
		icon: CirclePause,
		meaning: 'Ran out of attempts or was paused; somebody must resume it'
	},
	succeeded: { label: 'Succeeded', tone: 'ok', icon: Check, meaning: 'Completed with a result' },
	failed: { label: 'Failed', tone: 'bad', icon: OctagonX, meaning: 'Completed with an error' },
	cancelled: { label: 'Cancelled', tone: 'mute', icon: Ban, meaning: 'Cancelled and compensated' },
	killed: {
		label: 'Killed',
		tone: 'bad',
		icon: Skull,
		meaning: 'Ended at once, without running compensations'
	},
	completed: { label: 'Completed', tone: 'mute', icon: Check, meaning: 'Ended' }
} satisfies Record<string, StatusLook>;

const ORDER_LOOKS = {
	OPEN: {
		label: 'Open',
		tone: 'info',
		icon: LoaderCircle,
		meaning: 'Its checkout is under way: seats are held, the buyer pays'
	},
	CONFIRMED: { label: 'Confirmed', tone: 'ok', icon: Check, meaning: 'Paid, seats are theirs' },
	FAILED: { label: 'Failed', tone: 'bad', icon: OctagonX, meaning: 'Not bought' },
	CANCELLED: { label: 'Cancelled', tone: 'mute', icon: Ban, meaning: 'Cancelled and compensated' },
	REFUNDED: {
		label: 'Refunded',
		tone: 'warn',
		icon: Undo,
		meaning: 'The money went back and the seats are free again'
	}
} satisfies Record<OrderStatus, StatusLook>;

const CHANGE_LOOKS = {
	'awaiting-approval': {
		label: 'Awaits approval',
		tone: 'warn',
		icon: UserCheck,
		meaning: 'Nothing is done until a second person approves it'
	},
	'counting-down': {
		label: 'Counting down',
		tone: 'warn',
		icon: Hourglass,
		meaning: 'It is carried out in a moment, unless it is undone'
	},
	'under-way': {
		label: 'Under way',
		tone: 'info',
		icon: LoaderCircle,
		meaning: 'It is being carried out'
	},
	done: { label: 'Done', tone: 'ok', icon: Check, meaning: 'It was carried out' },
	refused: {
		label: 'Refused',
		tone: 'bad',
		icon: OctagonX,
		meaning: 'Things were not as its operator saw them: nothing was done'
	},
	rejected: {
		label: 'Rejected',
		tone: 'mute',
		icon: Ban,
		meaning: 'A second person turned it down: nothing was done'
	},
	void: {
		label: 'Void',
		tone: 'mute',
		icon: Ban,
		meaning: 'Things changed after it was proposed: nothing was done'
	},
	undone: { label: 'Undone', tone: 'mute', icon: Undo, meaning: 'It was taken back' }
} satisfies Record<ChangeStatus, StatusLook>;

export const LOG_LOOKS = {
	error: { label: 'Error', tone: 'bad', icon: OctagonX, meaning: 'An exception, or a failure' },
	warn: { label: 'Warning', tone: 'warn', icon: TriangleAlert, meaning: 'A refusal or a retry' },
	info: { label: 'Info', tone: 'info', icon: Info, meaning: 'What a handler did' },
	debug: { label: 'Debug', tone: 'mute', icon: Bug, meaning: 'Attempts that ended well' }
} satisfies Record<LogLevel, StatusLook>;

const DEPLOYMENT_LOOKS = {
	latest: { label: 'Latest', tone: 'ok', icon: Check, meaning: 'New invocations run on it' },
	draining: {
		label: 'Draining',
		tone: 'warn',
		icon: Hourglass,
		meaning: 'No new invocation runs on it, but some are under way'
	},
	drained: {
		label: 'Drained',
		tone: 'mute',
		icon: Circle,
		meaning: 'Nothing runs on it any more: it can be removed'
	}
} satisfies Record<DeploymentState, StatusLook>;

const AUDIT_LOOKS = {
	done: { label: 'Done', tone: 'ok', icon: Check, meaning: 'It was carried out' },
	refused: {
		label: 'Refused',
		tone: 'bad',
		icon: OctagonX,
		meaning: 'What the operator saw no longer held, or it was not allowed: nothing was done'
	},
	proposed: {
		label: 'Proposed',
		tone: 'info',
		icon: Hourglass,
		meaning: 'It needs a second person'
	},
	approved: { label: 'Approved', tone: 'ok', icon: Check, meaning: 'By a second person' },
	rejected: { label: 'Rejected', tone: 'bad', icon: Ban, meaning: 'By a second person' },
	void: {
		label: 'Void',
		tone: 'mute',
		icon: Ban,
		meaning: 'What it was approved on changed before it was carried out'
	},
	undone: { label: 'Undone', tone: 'warn', icon: Undo, meaning: 'Its operator took it back' }
} satisfies Record<AuditOutcome, StatusLook>;

const LOOKS = new Map<string, StatusLook>(
	Object.entries({
		...SEAT_LOOKS,
		...INVOCATION_LOOKS,
		...DEPLOYMENT_LOOKS,
		...prefixed('order', ORDER_LOOKS),
		...prefixed('change', CHANGE_LOOKS),
		...prefixed('audit', AUDIT_LOOKS)
	})
);

/** These share names with other statuses, in other letters or in the same, so they go by a key of their own. */
function prefixed(prefix: string, looks: Record<string, StatusLook>): Record<string, StatusLook> {
	return Object.fromEntries(Object.entries(looks).map(([key, look]) => [`${prefix}:${key}`, look]));
}

/** How `status` looks. A status this console does not know yet shows as itself. */
export const lookOf = (status: string): StatusLook =>
	LOOKS.get(status) ?? {
		label: status.replace(/^[a-z]+:/, ''),
		tone: 'mute',
		icon: CircleHelp,
		meaning: status
	};
