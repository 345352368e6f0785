import { z } from 'zod';
import { postJson } from './ingress.ts';

/** Rows of a query to Restate's SQL, each checked against a schema. */
export async function queryRestate<Row>(
	adminUrl: string,
	query: string,
	row: z.ZodType<Row>
): Promise<Row[]> {
	const answer = await postJson(`${adminUrl}/query`, { query });
	return z.object({ rows: z.array(row) }).parse(answer).rows;
}
