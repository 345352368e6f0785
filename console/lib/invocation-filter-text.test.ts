import { expect, test } from 'vitest';
import { parseFilter } from './invocation-filter.ts';
import { pillsOf } from './invocation-filter-text.ts';

test.each([
	['status=failed', []],
	['service=Ticket&key=concert-1:*', ['Service: Ticket', 'Key: concert-1:*']],
	['retries=3', ['Failed attempts: at least 3']],
	['created=24h', ['Created: last 24 hours']],
	['modified=2026-11-22T17:03..', ['Changed: since 2026-11-22 17:03 UTC']],
	['completed=..2026-11-22T17:03:04.5Z', ['Ended: until 2026-11-22 17:03:04.500 UTC']],
	['created=2026-11-22..2026-11-23', ['Created: 2026-11-22 00:00 to 2026-11-23 00:00 UTC']]
])('%s', (query, expected) => {
	const parsed = parseFilter(new URLSearchParams(query));
	if (!parsed.ok) throw new Error(parsed.message);
	expect(pillsOf(parsed.value).map(({ label, value }) => `${label}: ${value}`)).toEqual(expected);
});

test('a pill taken away leaves the rest of the filter', () => {
	const parsed = parseFilter(new URLSearchParams('status=failed&service=Ticket&created=1h'));
	if (!parsed.ok) throw new Error(parsed.message);
	const [service, created] = pillsOf(parsed.value);
	expect(service?.without).toEqual({ ...parsed.value, service: null });
	expect(created?.without).toEqual({ ...parsed.value, created: null });
});
