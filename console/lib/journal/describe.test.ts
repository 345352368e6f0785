import { expect, test } from 'vitest';
import { byLabel, describe as describeInvocation } from './describe.ts';
import type { JournalRow } from './entry.ts';
import { entryDetails } from './entry-details.ts';
import declined from './fixtures/declined.json' with { type: 'json' };
import operation from './fixtures/operation.json' with { type: 'json' };
import reserve from './fixtures/reserve.json' with { type: 'json' };

const facts = (
	{ journal }: { journal: JournalRow[] },
	service: string,
	handler: string,
	key: string | null = null
) =>
	describeInvocation(
		{ id: 'inv_1aUXt3PTx34Z6dmcI1f5TUsLg5YXsikZhA', service, handler, key },
		inputOf(journal)
	).map(({ kind, label, value }) => `${kind} ${label}: ${value}`);

function inputOf(journal: JournalRow[]): unknown {
	const payload = entryDetails(journal.slice(0, 1))[0]?.payload;
	return payload?.kind === 'json' ? payload.value : undefined;
}

test('a checkout: its seats, its buyer, its order', () => {
	expect(facts(declined, 'Checkout', 'checkout')).toEqual([
		'seat Seat: concert-1:S1-A-3',
		'seat Seat: concert-1:S1-A-4',
		'user User: dan',
		'text Payment method: pm_card_chargeDeclined',
		'order Order: ord_1aUXt3PTx34Z6dmcI1f5TUsLg5YXsikZhA'
	]);
});

test('a plain reserve names its user in a bare string', () => {
	expect(facts(reserve, 'Ticket', 'reserve', 'concert-1:S1-A-1')).toEqual([
		'seat Seat: concert-1:S1-A-1',
		'user User: alice'
	]);
});

test('an operation: what it addressed and why', () => {
	expect(facts(operation, 'Operations', 'cancelCheckout')).toEqual([
		'invocation Invocation: inv_14RnyjAp4ilQ0DIuJp2Uw2WtXuqXq4Ndsf',
		'text Reason: customer asked'
	]);
});

test('nothing known', () => {
	expect(facts({ journal: [] }, 'Other', 'run')).toEqual([]);
});

test('facts of one label stand together', () => {
	const fact = (label: string, value: string) => ({ kind: 'text', label, value }) as const;
	const facts = [fact('Seat', 'a'), fact('User', 'u'), fact('Seat', 'b')];
	expect(byLabel(facts).map(([label, all]) => [label, all.map(({ value }) => value)])).toEqual([
		['Seat', ['a', 'b']],
		['User', ['u']]
	]);
});
