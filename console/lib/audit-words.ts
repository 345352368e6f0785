import { actName } from './operations/change-words.ts';

const ACTIONS: Record<string, string> = {
	forceRelease: 'Force release',
	extendHold: 'Extend hold',
	cancelCheckout: 'Cancel checkout',
	refundOrder: 'Refund order',
	resendEmail: 'Resend mail',
	pauseSale: 'Pause sale',
	resumeSale: 'Resume sale',
	invocation: 'Act on an invocation',
	bulk: 'Bulk change',
	stopBulk: 'Stop bulk change',
	approve: 'Approve',
	reject: 'Reject',
	undo: 'Undo',
	exportEvidence: 'Export evidence',
	publishEvent: 'Publish event',
	registerDeployment: 'Register deployment',
	removeDeployment: 'Remove deployment'
};

/** What an action is called; one that this console does not know yet goes by its own name. */
export const actionName = (action: string): string => ACTIONS[action] ?? action;

/** What a record is of: of what was done to an invocation, which act it was. */
export function recordName({ action, after }: { action: string; after: unknown }): string {
	return (action === 'invocation' ? actName(after) : undefined) ?? actionName(action);
}
