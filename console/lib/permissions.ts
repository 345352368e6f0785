import { APPROVERS, MAY_ASK } from '$shared/change.ts';
import type { ChangeAction } from '$shared/change.ts';
import type { Operator, Role } from '$shared/operator-token.ts';

/** Who uses the console, as the server has authenticated them. */
export type Actor = Operator;

/** What an operator can do to the world, as opposed to look at it. */
export type Action = ChangeAction | 'approve' | 'triage';

const GRANTS: Readonly<Record<Action, readonly Role[]>> = {
	...MAY_ASK,
	approve: APPROVERS,
	triage: MAY_ASK.forceRelease
};

/** Whether the actor's role grants the action: what the server enforces and the page shows. */
export const can = ({ role }: Actor, action: Action): boolean => GRANTS[action].includes(role);
