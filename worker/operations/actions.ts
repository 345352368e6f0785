import type { ChangeAction } from '../../shared/change.ts';
import type { Action } from './action.ts';
import { bulk } from './bulk.ts';
import { cancelCheckout } from './cancel-checkout.ts';
import { extendHold } from './extend-hold.ts';
import { forceRelease } from './force-release.ts';
import { invocation } from './invocation.ts';
import { refundOrder } from './refund-order.ts';
import { registerDeployment } from './register-deployment.ts';
import { removeDeployment } from './remove-deployment.ts';
import { resendEmail } from './resend-email.ts';
import { pauseSale, resumeSale } from './sale.ts';

/** Every action, by the name that a stored change knows it by. */
export const ACTIONS: Readonly<Record<ChangeAction, Action<unknown, unknown, object>>> = {
	forceRelease,
	extendHold,
	cancelCheckout,
	refundOrder,
	resendEmail,
	pauseSale,
	resumeSale,
	invocation,
	bulk,
	registerDeployment,
	removeDeployment
};
