import { concernedBy, orderOf, some } from '../concerns.ts';
import type { LiveInvocation, WorkFacts } from '../facts.ts';
import type { Finding } from '../item.ts';
import { resumeOnLatest } from '../proposals.ts';

/** Enough to act on; the deployments page has them all. */
const NAMED = 5;

/** Invocations that are pinned to a deployment that does not answer, or that Restate has forgotten. */
export function deploymentFindings(facts: WorkFacts): Finding[] {
	const lost = unreachableIds(facts);
	const pinned = facts.invocations.filter(({ deploymentId }) => lost.has(deploymentId ?? ''));
	return [...Map.groupBy(pinned, ({ deploymentId }) => deploymentId ?? '')].map(
		([id, invocations]) => finding(facts, id, invocations)
	);
}

/** The deployments that invocations are pinned to and that do not answer. */
export function unreachableIds({ invocations, deployments }: WorkFacts): ReadonlySet<string> {
	// Without a list of deployments none of them is known to be forgotten.
	if (deployments.length === 0) return new Set();
	const well = new Set(deployments.filter(({ error }) => error === null).map(({ id }) => id));
	const pinned = invocations.flatMap(({ deploymentId }) => deploymentId ?? []);
	return new Set(pinned.filter((id) => !well.has(id)));
}

function finding(facts: WorkFacts, id: string, invocations: readonly LiveInvocation[]): Finding {
	const deployment = facts.deployments.find((each) => each.id === id);
	const oldest = invocations.toSorted((a, b) => a.modifiedAt - b.modifiedAt);
	const orders = [...new Set(invocations.flatMap((each) => orderOf(each) ?? []))];
	const concerned = orders.map((order) => concernedBy(facts, order));
	const n = some(invocations.length, 'invocation');
	return {
		kind: 'unreachable',
		about: { type: 'deployment', id },
		why: deployment
			? `${n} can only go on where ${invocations.length === 1 ? 'it' : 'they'} began, at ` +
				`${deployment.uri}, and nothing answers there: ${deployment.error ?? ''}`
			: `${n} can only go on where ${invocations.length === 1 ? 'it' : 'they'} began, on a ` +
				'deployment that Restate has forgotten.',
		evidence: [
			{ label: 'Deployment', text: deployment?.uri ?? id, link: { type: 'deployment', id } },
			...oldest.slice(0, NAMED).map((each) => ({
				label: `${each.service}.${each.handler}`,
				text: `${each.status}, pinned to it`,
				at: each.modifiedAt,
				link: { type: 'invocation' as const, id: each.id }
			})),
			...(oldest.length > NAMED ? [{ label: 'And', text: `${oldest.length - NAMED} more` }] : [])
		],
		since: oldest[0]?.modifiedAt ?? facts.now,
		seats: [...new Set(concerned.flatMap(({ seats }) => seats))],
		orders: concerned.flatMap((each) => each.orders),
		invocations: oldest.map((each) => each.id),
		buyer: [...new Set(concerned.flatMap(({ buyer }) => buyer))],
		affected: orders.length,
		money: null,
		proposals: oldest
			.slice(0, NAMED)
			.map((each) => resumeOnLatest(each.id, `Resume ${each.service} on the latest`)),
		fingerprint: deployment?.uri ?? 'forgotten',
		caveat: null
	};
}
