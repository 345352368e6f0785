import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { z } from 'zod';
import { carryOutItem, ItemInput } from './bulk/item.ts';
import type { ItemResult } from './bulk/item.ts';
import { approve, stopBulk, undo } from './operations/about-change.ts';
import { beginBulk } from './operations/begin-bulk.ts';
import { BulkRequest, MAX_BULK_BYTES } from './operations/bulk-request.ts';
import { cancelCheckout } from './operations/cancel-checkout.ts';
import { door } from './operations/door.ts';
import { exportEvidence } from './operations/export-evidence.ts';
import { extendHold } from './operations/extend-hold.ts';
import { forceRelease } from './operations/force-release.ts';
import { invocation } from './operations/invocation.ts';
import { refundOrder } from './operations/refund-order.ts';
import { registerDeployment } from './operations/register-deployment.ts';
import { drain, removeDeployment } from './operations/remove-deployment.ts';
import { resendEmail } from './operations/resend-email.ts';
import { pauseSale, resumeSale } from './operations/sale.ts';
import { input } from './schemas.ts';

/**
 * The one door for operator changes. Each call carries the operator's signed token, a reason, and
 * what the operator saw; if that no longer holds nothing is done and the answer tells the
 * difference. What is asked becomes a change (change.ts), which leaves one audit record of its end.
 */
export const operations = restate.service({
	name: 'Operations',
	handlers: {
		forceRelease: door(forceRelease),
		extendHold: door(extendHold),
		cancelCheckout: door(cancelCheckout),
		refundOrder: door(refundOrder),
		resendEmail: door(resendEmail),
		pauseSale: door(pauseSale),
		resumeSale: door(resumeSale),
		invocation: door(invocation),
		registerDeployment: door(registerDeployment),
		removeDeployment: door(removeDeployment, drain),
		bulk: restate.handlers.handler(input(BulkRequest, MAX_BULK_BYTES), beginBulk),
		stopBulk,
		approve,
		undo,
		exportEvidence,

		/** For a bulk job alone, which was asked for by an operator. */
		carryOutItem: restate.handlers.handler(
			{ ...input(ItemInput), ingressPrivate: true },
			(ctx: restate.Context, request: z.infer<typeof ItemInput>): Promise<ItemResult> =>
				carryOutItem(ctx, request)
		)
	}
});

export type Operations = typeof operations;
