import { expect, test } from 'vitest';
import { messageOf } from './response-error.ts';

test.each([
	['{"message":"Restate is down"}', 'Restate is down'],
	['{"message":7}', 'The console answered 502'],
	['null', 'The console answered 502'],
	['<html>', 'The console answered 502'],
	['', 'The console answered 502']
])('says of an answer %s what went wrong', async (body, said) => {
	expect(await messageOf(new Response(body, { status: 502 }))).toBe(said);
});
