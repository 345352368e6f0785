import { z } from 'zod';

const MAX_DELAY_MS = 120_000;

const shared = {
	status: z.int().min(400).max(599).optional(),
	times: z.int().min(1).optional(),
	delayMs: z.int().min(0).max(MAX_DELAY_MS).optional(),
	dropAfterCommit: z.boolean().optional()
};
const paymentFaults = z.strictObject({
	...shared,
	declineRate: z.number().min(0).max(1).optional(),
	seed: z.int().min(0).max(0xffffffff).optional(),
	/** Where refunds get stuck that are made meanwhile. Those that pend succeed with the next plan. */
	refundStatus: z.enum(['pending', 'failed']).optional()
});
const emailFaults = z.strictObject(shared);

/** The body of `PUT /__faults`; a gateway left out has no faults. */
export const faultPlanSchema = z.strictObject({
	payments: paymentFaults.superRefine(checkTogether).default({}),
	emails: emailFaults.superRefine(checkTogether).default({})
});

export type FaultPlan = z.infer<typeof faultPlanSchema>;
export type GatewayName = keyof FaultPlan;
type Plan = z.infer<typeof paymentFaults>;

function checkTogether(plan: Plan, ctx: z.core.$RefinementCtx): void {
	const complain = (field: string, message: string) =>
		ctx.addIssue({ code: 'custom', path: [field], message });
	if (plan.status !== undefined && plan.dropAfterCommit) {
		complain(
			'dropAfterCommit',
			'cannot be combined with status: a request either fails before it commits or is dropped after'
		);
	}
	if (plan.times !== undefined && !plan.status && !plan.dropAfterCommit && !plan.delayMs) {
		complain(
			'times',
			'counts requests struck by status, dropAfterCommit or delayMs: set one of them'
		);
	}
	if (plan.seed !== undefined && plan.declineRate === undefined) {
		complain('seed', 'seeds the coin of declineRate: set declineRate too');
	}
}

/**
 * A gateway's plan and how much of it is used up. `times` bounds the first of status,
 * dropAfterCommit and delayMs that is set; the rest of a plan lasts until it is cleared.
 */
export interface GatewayFaults {
	plan: Plan;
	/** Requests struck so far. */
	strikes: number;
	/** Payment attempts the coin was flipped for. */
	attempts: number;
}

/** A plan nothing has met yet. */
export const armed = (plan: Plan): GatewayFaults => ({ plan, strikes: 0, attempts: 0 });

/** The plan with what is left of `times`. */
export const remaining = ({ plan, strikes }: GatewayFaults): Plan =>
	plan.times === undefined ? plan : { ...plan, times: plan.times - strikes };

const isSpent = ({ plan, strikes }: GatewayFaults) =>
	plan.times !== undefined && strikes >= plan.times;
const strike = (faults: GatewayFaults): GatewayFaults => ({
	...faults,
	strikes: faults.strikes + 1
});

/** A request arrives: the status it is turned away with before anything executes, or null. */
export function onArrival(faults: GatewayFaults): { faults: GatewayFaults; status: number | null } {
	const { status } = faults.plan;
	if (status === undefined || isSpent(faults)) return { faults, status: null };
	return { faults: strike(faults), status };
}

/** A payment is attempted: whether the coin declines it. */
export function onPaymentAttempt(faults: GatewayFaults): {
	faults: GatewayFaults;
	declines: boolean;
} {
	const { declineRate, seed = 0 } = faults.plan;
	if (declineRate === undefined) return { faults, declines: false };
	return {
		faults: { ...faults, attempts: faults.attempts + 1 },
		declines: coin(seed, faults.attempts) < declineRate
	};
}

/** An answer is ready: how long it is held, and whether it is dropped instead of sent. */
export function onAnswer(
	faults: GatewayFaults,
	committed: boolean
): { faults: GatewayFaults; holdMs: number; drop: boolean } {
	const { status, dropAfterCommit = false, delayMs = 0 } = faults.plan;
	if (dropAfterCommit) {
		const drop = committed && !isSpent(faults);
		return { faults: drop ? strike(faults) : faults, holdMs: delayMs, drop };
	}
	if (status !== undefined || delayMs === 0) return { faults, holdMs: delayMs, drop: false };
	if (isSpent(faults)) return { faults, holdMs: 0, drop: false };
	return { faults: strike(faults), holdMs: delayMs, drop: false };
}

/**
 * The n-th number in [0, 1) of the mulberry32 sequence of a seed. Its state only ever advances by
 * a constant, so any element is computed directly and only the count needs keeping.
 */
function coin(seed: number, n: number): number {
	const state = (seed + Math.imul(n + 1, 0x6d2b79f5)) | 0;
	let t = Math.imul(state ^ (state >>> 15), state | 1);
	t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
	return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
