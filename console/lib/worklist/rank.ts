import type { Finding } from './item.ts';
import { IMPACTS, KIND_INFO } from './kinds.ts';

type Ranked = Pick<Finding, 'kind' | 'affected' | 'money' | 'since'>;

/**
 * The worst for customers first: who is hurt, then how many, then how much money is at stake, then
 * who has waited longest. Money of several currencies is compared by its number: a rank is no sum.
 */
export const byImpact = (a: Ranked, b: Ranked): number =>
	impact(a) - impact(b) ||
	b.affected - a.affected ||
	(b.money?.amount ?? 0) - (a.money?.amount ?? 0) ||
	a.since - b.since;

const impact = ({ kind }: Ranked): number => IMPACTS.indexOf(KIND_INFO[kind].impact);
