import { z } from 'zod';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import { queryRestate } from '../restate-sql.ts';
import { text } from '../../shared/sql.ts';
import { generateVenue } from '../venue/generate.ts';
import type { Stack } from './stack.ts';

const DEMO = { id: 'concert-1', name: 'Nexus Live: Opening Night', seats: 2_000 };

/** Publishes the demo event, unless the data folder has it. @returns its ID */
export async function publishDemo({ settings: { urls }, keys }: Stack): Promise<string> {
	const object = `${urls.ingress}/Event/${DEMO.id}`;
	// Looked up rather than asked for: a first start would leave a failed invocation behind.
	const known = await queryRestate(
		urls.admin,
		`SELECT key FROM state WHERE service_name = 'Event' AND service_key = ${text(DEMO.id)}`,
		z.unknown()
	);
	if (known.length > 0) return DEMO.id;
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
