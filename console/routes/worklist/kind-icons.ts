import type { LucideIcon } from '@lucide/svelte';
import Banknote from '@lucide/svelte/icons/banknote';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import CreditCard from '@lucide/svelte/icons/credit-card';
import Hourglass from '@lucide/svelte/icons/hourglass';
import Lock from '@lucide/svelte/icons/lock';
import MailX from '@lucide/svelte/icons/mail-x';
import ServerOff from '@lucide/svelte/icons/server-off';
import ShieldAlert from '@lucide/svelte/icons/shield-alert';
import TicketX from '@lucide/svelte/icons/ticket-x';
import Undo from '@lucide/svelte/icons/undo-2';
import Unlink from '@lucide/svelte/icons/unlink';
import type { Tone } from '$lib/components/tone.ts';
import type { Impact, WorkKind } from '$lib/worklist/kinds.ts';

export const KIND_ICONS: Record<WorkKind, LucideIcon> = {
	'seat-missing': TicketX,
	broken: ShieldAlert,
	refund: Undo,
	uncaptured: CreditCard,
	stalled: CirclePause,
	unreachable: ServerOff,
	locked: Lock,
	unpaid: Banknote,
	mail: MailX,
	orphaned: Unlink,
	lapsed: Hourglass
};

/** Red is a buyer's loss; what only blocks a seat is quiet. */
export const IMPACT_TONES: Record<Impact, Tone> = {
	'buyer-loses': 'bad',
	'buyer-waits': 'warn',
	'house-loses': 'warn',
	'buyer-unaware': 'info',
	'seat-blocked': 'mute'
};
