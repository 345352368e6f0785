import type { Operator, Role } from '$shared/operator-token.ts';

/** Who uses the console, as the server has authenticated them. */
export type Actor = Operator;

/** What an operator can do to the world, as opposed to look at it. */
export type Action =
	| 'forceRelease'
	| 'cancelCheckout'
	| 'refundOrder'
	| 'resendEmail'
	| 'registerDeployment'
	| 'removeDeployment';

const CHANGES: readonly Action[] = ['forceRelease', 'cancelCheckout', 'refundOrder', 'resendEmail'];

const GRANTS: Record<Role, readonly Action[]> = {
	viewer: [],
	operator: CHANGES,
	approver: CHANGES,
	admin: [...CHANGES, 'registerDeployment', 'removeDeployment']
};

/** Whether the actor's role grants the action: what the server enforces and the page shows. */
export const can = (actor: Actor, action: Action): boolean => GRANTS[actor.role].includes(action);
