import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LogLevel, StoredLog } from '$shared/log-row.ts';
import { LOG_KINDS, LOG_LEVELS, parseLogFilter } from '../log-filter.ts';
import type { LogFilter } from '../log-filter.ts';
import { boundsOf } from '../time-range.ts';
import { countsQuery, rowsQuery, SERVICES_QUERY, tailQuery } from './log-sql.ts';
import type { LogQuery } from './log-sql.ts';

const NOW = 1_800_000_000_000;
const SERVICES = ['Ticket', 'Checkout', null] as const;
const KEYS = ['concert-1:S1-A-1', 'concert-1:S1-A-2', 'concert_1:S1', null] as const;
const INVOCATIONS = ['inv_1aaaaaaaa', 'inv_1bbbbbbbb', null] as const;
const MESSAGES = ['Seat held', 'seat FREE 100%', "it's \\ odd_"] as const;

const pick = <Value>(from: readonly Value[], at: number): Value => {
	const value = from[at % from.length];
	if (value === undefined) throw new Error('nothing to pick from');
	return value;
};

/** Rows of every mixture, many in the same millisecond. */
const ROWS: Omit<StoredLog, 'fields'>[] = Array.from({ length: 400 }, (_, index) => ({
	...{ id: index + 1, at: NOW - Math.floor((index * 7919) % 90) * 60_000 },
	...{ invocationId: pick(INVOCATIONS, index), service: pick(SERVICES, index >> 1) },
	...{ handler: pick(['reserve', 'get'], index >> 2), key: pick(KEYS, index >> 1) },
	...{ kind: pick(LOG_KINDS, index >> 3), level: pick(LOG_LEVELS, index >> 1) },
	...{ message: pick(MESSAGES, index >> 2), outcome: null, cpuMs: null, wallMs: null }
}));

let db: DatabaseSync;
beforeAll(() => {
	db = new DatabaseSync(':memory:');
	for (const file of readdirSync('migrations').sort())
		db.exec(readFileSync(`migrations/${file}`, 'utf8'));
	const insert = db.prepare(
		`INSERT INTO logs (id, at, invocation_id, service, handler, key, kind, level, message, fields)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '{"userId":"Zoe"}')`
	);
	for (const row of ROWS) {
		const { id, at, invocationId, service, handler, key, kind, level, message } = row;
		insert.run(id, at, invocationId, service, handler, key, kind, level, message);
	}
});

const ids = ({ sql, values }: LogQuery) =>
	db
		.prepare(sql)
		.all(...values)
		.map((row) => row['id']);

const filters: fc.Arbitrary<LogFilter> = fc.record({
	levels: fc.subarray<LogLevel>([...LOG_LEVELS], { minLength: 1 }),
	kinds: fc.subarray([...LOG_KINDS]),
	invocationId: fc.constantFrom(...INVOCATIONS),
	service: fc.constantFrom(...SERVICES),
	handler: fc.constantFrom('reserve', null, null),
	key: fc.constantFrom(null, null, 'concert-1:S1-A-1', 'concert-1:*', 'concert_*', '*'),
	text: fc.constantFrom(null, null, 'SEAT', '100%', 'odd_', '\\', "it's", 'zoe', 'none of it'),
	range: fc.constantFrom(
		{ kind: 'recent', span: '1h' },
		{ kind: 'between', from: NOW - 80 * 60_000, to: NOW - 10 * 60_000 },
		{ kind: 'between', from: null, to: NOW }
	)
});

/** The same filter, row by row. */
function matches(filter: LogFilter, row: Omit<StoredLog, 'fields'>): boolean {
	const { from, to } = boundsOf(filter.range, NOW);
	const { key, text } = filter;
	const same = (wanted: string | null, value: string | null) => wanted === null || wanted === value;
	return (
		(filter.kinds.length === 0 || filter.kinds.includes(row.kind)) &&
		same(filter.invocationId, row.invocationId) &&
		same(filter.service, row.service) &&
		same(filter.handler, row.handler) &&
		(key?.endsWith('*') ? (row.key?.startsWith(key.slice(0, -1)) ?? false) : same(key, row.key)) &&
		(text === null ||
			row.message.toLowerCase().includes(text.toLowerCase()) ||
			'{"userid":"zoe"}'.includes(text.toLowerCase())) &&
		row.at >= from &&
		(to === null || row.at <= to)
	);
}

const newestFirst = ROWS.toSorted((a, b) => b.at - a.at || b.id - a.id);

describe('log queries find what the filter means', () => {
	it('page by page, each row once', () => {
		fc.assert(
			fc.property(filters, fc.integer({ min: 1, max: 60 }), (filter, limit) => {
				const wanted = newestFirst.filter(
					(row) => filter.levels.includes(row.level) && matches(filter, row)
				);
				const first = ids(rowsQuery(filter, { before: null, limit, now: NOW }));
				expect(first).toEqual(wanted.slice(0, limit).map(({ id }) => id));
				const before = wanted[limit - 1];
				if (before)
					expect(ids(rowsQuery(filter, { before, limit, now: NOW }))).toEqual(
						wanted.slice(limit, 2 * limit).map(({ id }) => id)
					);
			})
		);
	});

	it('in the counts of every level', () => {
		fc.assert(
			fc.property(filters, (filter) => {
				const { sql, values } = countsQuery(filter, { now: NOW });
				const counted = db.prepare(sql).all(...values);
				for (const level of LOG_LEVELS) {
					const rows = ROWS.filter((row) => row.level === level && matches(filter, row)).length;
					expect(counted).toContainEqual({ level, rows });
				}
			})
		);
	});

	it('in the tail, by when a row was written', () => {
		fc.assert(
			fc.property(filters, fc.nat(400), (filter, after) => {
				const wanted = ROWS.filter(
					(row) => row.id > after && filter.levels.includes(row.level) && matches(filter, row)
				).map(({ id }) => id);
				expect(ids(tailQuery(filter, { after, limit: 500, now: NOW }))).toEqual(wanted.reverse());
			})
		);
	});
});

it('tells who may not see fields nothing of them by searching', () => {
	const asked = (query: string) => {
		const parsed = parseLogFilter(new URLSearchParams(query));
		if (!parsed.ok) throw new Error(parsed.message);
		return rowsQuery(parsed.value, { before: null, limit: 100, now: NOW, wholeText: false }).sql;
	};
	expect(asked('text=alice')).not.toContain('fields');
	expect(asked('key=al*')).toContain(`service IS NOT 'UserSession'`);
});

it('names each service once', () => {
	expect(db.prepare(SERVICES_QUERY).all()).toEqual([{ name: 'Checkout' }, { name: 'Ticket' }]);
});

it.each([
	['', 'logs_by_level (level=? AND at>?)'],
	['level=error', 'logs_by_level (level=? AND at>?)'],
	['service=Ticket', 'logs_by_service (service=? AND level=? AND at>?)'],
	['service=Ticket&text=x', 'logs_by_service (service=? AND level=? AND at>?)'],
	['level=error&level=warn&level=info&level=debug', 'logs_by_time (at>?)'],
	['key=concert-1:S1-A-1', 'logs_by_key (key=? AND at>?)'],
	['key=concert-1:*', 'logs_by_level (level=? AND at>?)'],
	['invocation=inv_1aaaaaaaa', 'logs_by_invocation (invocation_id=?)'],
	['invocation=inv_1aaaaaaaa&key=concert-1:S1-A-1', 'logs_by_invocation (invocation_id=?)']
])('reads "%s" by an index, never the whole table', (query, index) => {
	const parsed = parseLogFilter(new URLSearchParams(query));
	if (!parsed.ok) throw new Error(parsed.message);
	const { sql, values } = rowsQuery(parsed.value, { before: null, limit: 100, now: NOW });
	const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
	const steps = plan.map(({ detail }) => String(detail)).filter((step) => / logs\b/.test(step));
	expect(new Set(steps)).toEqual(new Set([`SEARCH logs USING INDEX ${index}`]));
});
