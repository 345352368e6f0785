import { orderIdOf } from '$shared/order.ts';
import { parseSeatKey } from '$shared/seat-key.ts';
import type { InvocationTarget } from '../invocation.ts';

/** One thing that an invocation is about, in the domain's words. */
export interface Fact {
	kind: 'seat' | 'user' | 'order' | 'invocation' | 'event' | 'text';
	label: string;
	value: string;
}

/** What an invocation is about: seats, buyer, order, from its target and its decoded input, `value`. */
export function describe(
	{ id, service, key, handler }: InvocationTarget & { id: string },
	value: unknown
): Fact[] {
	const input = isRecord(value) ? value : {};
	const facts = [...factsOfTarget(service, key), ...FIELDS.flatMap((read) => read(input))];
	if (service === 'Ticket' && handler === 'reserve' && typeof value === 'string')
		facts.push({ kind: 'user', label: 'User', value });
	const order = input['id'];
	if (service === 'Notification' && typeof order === 'string')
		facts.push({ kind: 'order', label: 'Order', value: order });
	if (service === 'Checkout') facts.push({ kind: 'order', label: 'Order', value: orderIdOf(id) });
	return unique(facts);
}

function factsOfTarget(service: string, key: string | null): Fact[] {
	if (key === null) return [];
	if (service === 'Ticket') return [seat(key)];
	if (service === 'UserSession') return [{ kind: 'user', label: 'User', value: key }];
	if (service === 'Payment') return [{ kind: 'order', label: 'Order', value: key }];
	if (service === 'Event') return [{ kind: 'event', label: 'Event', value: key }];
	return [{ kind: 'text', label: 'Key', value: key }];
}

/** Facts with the same label together, where the first of them stands. */
export function byLabel(facts: readonly Fact[]): [label: string, facts: [Fact, ...Fact[]]][] {
	const groups = new Map<string, [Fact, ...Fact[]]>();
	for (const fact of facts) {
		const group = groups.get(fact.label);
		if (group) group.push(fact);
		else groups.set(fact.label, [fact]);
	}
	return [...groups];
}

type Input = Record<string, unknown>;

const field =
	(name: string, kind: Fact['kind'], label: string) =>
	(input: Input): Fact[] => {
		const value = input[name];
		return typeof value === 'string' && value !== '' ? [{ kind, label, value }] : [];
	};

/** Seats come as one key or as a list of them. */
const seats = (input: Input): Fact[] =>
	[input['ticketId'], input['seat'], input['ticketIds'], input['seats']]
		.flat()
		.filter((key) => typeof key === 'string')
		.map(seat);

const FIELDS = [
	seats,
	field('userId', 'user', 'User'),
	field('email', 'text', 'E-mail'),
	field('paymentMethod', 'text', 'Payment method'),
	field('orderId', 'order', 'Order'),
	field('invocationId', 'invocation', 'Invocation'),
	field('reason', 'text', 'Reason'),
	field('ticketRef', 'text', 'Ticket reference')
];

const seat = (key: string): Fact => ({
	kind: parseSeatKey(key) ? 'seat' : 'text',
	label: 'Seat',
	value: key
});

const isRecord = (value: unknown): value is Input =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const unique = (facts: readonly Fact[]): Fact[] => [
	...new Map(facts.map((fact) => [`${fact.label} ${fact.value}`, fact])).values()
];
