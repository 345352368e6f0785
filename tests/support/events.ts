import { expect, inject } from 'vitest';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import { generateVenue } from '../../scripts/venue/generate.ts';
import { call } from './nexus.ts';

/**
 * Publishes an event of its own for a test.
 *
 * @param price of each seat, in minor units; what the venue would ask without it
 * @returns its ID
 */
export async function publishEvent(name: string, seats: number, price?: number): Promise<string> {
	const id = `${name.toLowerCase().replaceAll(' ', '-')}-${crypto.randomUUID().slice(0, 6)}`;
	const token = await signOperatorToken(inject('operatorSigningKey'), {
		name: 'tester',
		role: 'admin'
	});
	const { plan, prices: usual, currency } = generateVenue({ seats });
	const prices =
		price === undefined
			? usual
			: Object.fromEntries(Object.keys(usual).map((category) => [category, price]));
	const answer = await call(
		`Event/${id}/publish`,
		{ name, currency, plan, prices, mode: 'strict' },
		{ [OPERATOR_HEADER]: token }
	);
	expect(answer.status, JSON.stringify(answer.body)).toBe(200);
	return id;
}
