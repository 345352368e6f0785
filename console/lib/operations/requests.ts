import type { BulkItem, ChangeAction, InvocationAct } from '$shared/change.ts';
import type { SettledStatus } from '$shared/order.ts';

/** What Operations takes for each change, without why it is made. */
export interface ChangeRequests {
	forceRelease: { seat: string; expect: { epoch: number }; force: boolean };
	extendHold: { seat: string; minutes: number; expect: { epoch: number } };
	cancelCheckout: { invocationId: string; expect: { status: string } };
	refundOrder: {
		orderId: string;
		/** Minor units; absent for all that is left. */
		amount?: number;
		expect: { status: SettledStatus; refunded?: number };
	};
	resendEmail: { orderId: string; expect: { status: SettledStatus } };
	pauseSale: { eventId: string; expect: { onSale: boolean } };
	resumeSale: { eventId: string; expect: { onSale: boolean } };
	invocation: {
		invocationId: string;
		act: InvocationAct;
		deployment?: string;
		fromEntry?: number;
		expect: { status: string };
	};
	bulk: { change: ChangeAction; items: BulkItem[] };
}

/** One change with its request. */
export type Requested = {
	[Action in keyof ChangeRequests]: { action: Action; request: ChangeRequests[Action] };
}[keyof ChangeRequests];
