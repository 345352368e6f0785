import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Stack } from '../stack/stack.ts';
import { generateVenue } from '../venue/generate.ts';

/** Publishes a generated venue as an event. @returns its ID */
export async function publishVenue(
	{ settings, keys }: Pick<Stack, 'settings' | 'keys'>,
	seats: number,
	id = `bench-${seats}`
): Promise<string> {
	const token = await signOperatorToken(keys.operatorSigningKey, { name: 'bench', role: 'admin' });
	const { plan, prices, currency } = generateVenue({ seats });
	const response = await fetch(`${settings.urls.ingress}/Event/${id}/publish`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', [OPERATOR_HEADER]: token },
		body: JSON.stringify({ name: `Bench ${seats}`, currency, plan, prices, mode: 'strict' })
	});
	if (!response.ok)
		throw new Error(`The venue was refused: ${response.status} ${await response.text()}`);
	return id;
}
