import { expect, inject } from 'vitest';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import { generateVenue } from '../../scripts/venue/generate.ts';
import { call } from './nexus.ts';

/** Publishes an event of its own for a test. @returns its ID */
export async function publishEvent(name: string, seats: number): Promise<string> {
	const id = `${name.toLowerCase().replaceAll(' ', '-')}-${crypto.randomUUID().slice(0, 6)}`;
	const token = await signOperatorToken(inject('operatorSigningKey'), {
		name: 'tester',
		role: 'admin'
	});
	const { plan, prices, currency } = generateVenue({ seats });
	const answer = await call(
		`Event/${id}/publish`,
		{ name, currency, plan, prices, mode: 'strict' },
		{ [OPERATOR_HEADER]: token }
	);
	expect(answer.status, JSON.stringify(answer.body)).toBe(200);
	return id;
}
