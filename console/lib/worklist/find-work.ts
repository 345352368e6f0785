import { eventsOf } from './concerns.ts';
import { digest } from './digest.ts';
import type { Thresholds, WorkFacts } from './facts.ts';
import { itemId, printSubject } from './item.ts';
import type { Finding, WorkItem } from './item.ts';
import { byImpact } from './rank.ts';
import { deploymentFindings } from './rules/deployments.ts';
import { holdFindings } from './rules/holds.ts';
import { lockFindings } from './rules/locks.ts';
import { mailFindings } from './rules/mail.ts';
import { moneyFindings } from './rules/money.ts';
import { progressFindings } from './rules/progress.ts';

/** All that needs a person, the worst first. What was found about one subject is one item. */
export function findWork(facts: WorkFacts, thresholds: Thresholds): WorkItem[] {
	const findings = [
		...holdFindings(facts),
		...progressFindings(facts, thresholds),
		...lockFindings(facts, thresholds),
		...deploymentFindings(facts),
		...moneyFindings(facts, thresholds),
		...mailFindings(facts, thresholds)
	];
	return [...Map.groupBy(findings, ({ about }) => printSubject(about)).values()]
		.flatMap((same) => merge(facts, same))
		.sort(byImpact);
}

function merge(facts: WorkFacts, same: readonly Finding[]): WorkItem[] {
	const [first, ...others] = same.toSorted(byImpact);
	if (!first) return [];
	const all = [first, ...others];
	const union = (pick: (finding: Finding) => string[]) => [...new Set(all.flatMap(pick))];
	return [
		{
			...first,
			id: itemId(first),
			seats: union(({ seats }) => seats),
			orders: union(({ orders }) => orders),
			invocations: union(({ invocations }) => invocations),
			buyer: union(({ buyer }) => buyer),
			events: [...new Set(all.flatMap((finding) => eventsOf(facts, finding)))],
			affected: Math.max(...all.map(({ affected }) => affected)),
			money: first.money ?? others.find(({ money }) => money)?.money ?? null,
			since: Math.min(...all.map(({ since }) => since)),
			fingerprint: digest(all.map(({ kind, fingerprint }) => `${kind}=${fingerprint}`).join('|')),
			caveat: all.find(({ caveat }) => caveat !== null)?.caveat ?? null,
			also: others
		}
	];
}
