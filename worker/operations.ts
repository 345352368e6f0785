import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { cancelCheckout } from './operations/cancel-checkout.ts';
import { forceRelease } from './operations/force-release.ts';
import { refundOrder } from './operations/refund-order.ts';
import { registerDeployment } from './operations/register-deployment.ts';
import { removeDeployment } from './operations/remove-deployment.ts';
import { resendEmail } from './operations/resend-email.ts';

/**
 * The one door for operator changes. Each call carries the operator's signed token, a reason, and
 * what the operator saw; if that no longer holds nothing is done and the answer tells the
 * difference. Every attempt of an operator, done or refused, leaves one audit record.
 */
export const operations = restate.service({
	name: 'Operations',
	handlers: {
		forceRelease,
		cancelCheckout,
		refundOrder,
		resendEmail,
		registerDeployment,
		removeDeployment
	}
});

export type Operations = typeof operations;
