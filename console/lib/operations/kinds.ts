import type { ChangeAction } from '$shared/change.ts';

/**
 * What an operator can ask for of one thing, as its dialogs name it. The acts on an invocation are
 * kinds of their own here; the service takes them as one action.
 */
export const KINDS = [
	'forceRelease',
	'extendHold',
	'cancelCheckout',
	'refundOrder',
	'resendEmail',
	'pauseSale',
	'resumeSale',
	'cancel',
	'retry',
	'resume',
	'pause',
	'restart',
	'kill',
	'purge'
] as const;
export type Kind = (typeof KINDS)[number];

export type TargetKind = 'seat' | 'order' | 'invocation' | 'event';

export interface KindLook {
	action: ChangeAction;
	on: TargetKind;
	/** On its button. */
	label: string;
	/** Of its dialog. */
	title: string;
	/** How its button looks: `grave` for what compensates nothing. */
	variant: 'danger' | 'secondary' | 'grave';
}

const onInvocation = { action: 'invocation', on: 'invocation' } as const;

export const KIND_LOOKS: Record<Kind, KindLook> = {
	forceRelease: {
		...{ action: 'forceRelease', on: 'seat', variant: 'danger' },
		...{ label: 'Force release', title: 'Release this seat?' }
	},
	extendHold: {
		...{ action: 'extendHold', on: 'seat', variant: 'secondary' },
		...{ label: 'Extend hold', title: 'Give this hold more time?' }
	},
	cancelCheckout: {
		...{ action: 'cancelCheckout', on: 'invocation', variant: 'danger' },
		...{ label: 'Cancel checkout', title: 'Cancel this checkout?' }
	},
	refundOrder: {
		...{ action: 'refundOrder', on: 'order', variant: 'danger' },
		...{ label: 'Refund order', title: 'Refund this order?' }
	},
	resendEmail: {
		...{ action: 'resendEmail', on: 'order', variant: 'secondary' },
		...{ label: 'Resend mail', title: 'Send the mail once more?' }
	},
	pauseSale: {
		...{ action: 'pauseSale', on: 'event', variant: 'danger' },
		...{ label: 'Pause sale', title: 'Pause this sale?' }
	},
	resumeSale: {
		...{ action: 'resumeSale', on: 'event', variant: 'secondary' },
		...{ label: 'Resume sale', title: 'Resume this sale?' }
	},
	cancel: {
		...onInvocation,
		...{ label: 'Cancel', title: 'Cancel this invocation?', variant: 'danger' }
	},
	retry: {
		...onInvocation,
		...{ label: 'Retry now', title: 'Try this invocation again now?', variant: 'secondary' }
	},
	resume: {
		...onInvocation,
		...{ label: 'Resume', title: 'Resume this invocation?', variant: 'secondary' }
	},
	pause: {
		...onInvocation,
		...{ label: 'Pause', title: 'Pause this invocation?', variant: 'secondary' }
	},
	restart: {
		...onInvocation,
		...{ label: 'Restart', title: 'Restart this invocation?', variant: 'danger' }
	},
	kill: {
		...onInvocation,
		...{ label: 'Kill', title: 'Kill this invocation, as a last resort?', variant: 'grave' }
	},
	purge: {
		...onInvocation,
		...{ label: 'Purge', title: 'Have Restate forget this invocation?', variant: 'danger' }
	}
};
