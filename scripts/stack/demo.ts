import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import { generateVenue } from '../venue/generate.ts';
import type { Stack } from './stack.ts';

const DEMO = { id: 'concert-1', name: 'Nexus Live: Opening Night', seats: 2_000 };

/** Publishes the demo event, unless the data folder has it. @returns its ID */
export async function publishDemo({ settings: { urls }, keys }: Stack): Promise<string> {
	const object = `${urls.ingress}/Event/${DEMO.id}`;
	if ((await fetch(`${object}/get`, { method: 'POST' })).ok) return DEMO.id;
	const { plan, prices, currency } = generateVenue({ seats: DEMO.seats, seed: 1 });
	const token = await signOperatorToken(keys.operatorSigningKey, {
		name: 'npm start',
		role: 'admin'
	});
	const response = await fetch(`${object}/publish`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', [OPERATOR_HEADER]: token },
		body: JSON.stringify({ name: DEMO.name, currency, plan, prices, mode: 'strict' })
	});
	if (!response.ok)
		throw new Error(`The demo event was refused: ${response.status} ${await response.text()}`);
	return DEMO.id;
}
