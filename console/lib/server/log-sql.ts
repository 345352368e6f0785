import type { LogLevel } from '$shared/log-row.ts';
import { LOG_LEVELS } from '../log-filter.ts';
import type { LogCursor, LogFilter } from '../log-filter.ts';
import { COUNT_LIMIT } from '../log-reading.ts';
import { boundsOf } from '../time-range.ts';

/**
 * Log queries. The table may hold a million rows, so each query walks one index from the newest
 * row on and stops at its limit: a branch a level by (level, at) or (service, level, at), or an
 * invocation's or an object's own rows. A `+` before a column keeps SQLite from walking another
 * index than the one meant.
 */

export interface LogQuery {
	sql: string;
	values: (string | number)[];
}

interface Asked {
	now: number;
	/** Whether text and the beginning of a key are looked for wherever a buyer may be named. */
	wholeText?: boolean;
}

/** The newest rows, or those older than `before`. */
export function rowsQuery(
	filter: LogFilter,
	{ before, limit, ...asked }: { before: LogCursor | null; limit: number } & Asked
): LogQuery {
	const query = new Query();
	const common = conditions(query, filter, asked);
	if (before) {
		const at = query.bind(before.at);
		common.push(`at <= ${at} AND (at, id) < (${at}, ${query.bind(before.id)})`);
	}
	const newest = `ORDER BY at DESC, id DESC LIMIT ${query.bind(limit)}`;
	const branches = branchesOf(query, filter).map(
		(branch) => `SELECT * FROM logs WHERE ${[...branch, ...common].join(' AND ')} ${newest}`
	);
	const [only = '', ...more] = branches;
	if (more.length === 0) return query.of(only);
	const all = branches.map((branch) => `SELECT * FROM (${branch})`).join(' UNION ALL ');
	return query.of(`SELECT * FROM (${all}) ${newest}`);
}

/** How many rows there are of each level, whichever levels are chosen; none stand for zero. */
export function countsQuery(filter: LogFilter, asked: Asked): LogQuery {
	const query = new Query();
	const common = conditions(query, filter, asked);
	const limit = query.bind(COUNT_LIMIT + 1);
	const counts = LOG_LEVELS.map((level) => {
		const where = [`${isNarrow(filter) ? '+' : ''}level = ${query.bind(level)}`, ...common];
		const counted = `SELECT 1 FROM logs WHERE ${where.join(' AND ')} LIMIT ${limit}`;
		return `SELECT ${query.bind(level)} AS level, count(*) AS rows FROM (${counted})`;
	});
	return query.of(counts.join(' UNION ALL '));
}

/** What has been written since row `after`, newest first. */
export function tailQuery(
	filter: LogFilter,
	{ after, limit, ...asked }: { after: number; limit: number } & Asked
): LogQuery {
	const query = new Query();
	const where = [
		`id > ${query.bind(after)}`,
		`+level IN (${filter.levels.map((level) => query.bind(level)).join(', ')})`,
		...conditions(query, filter, asked, '+')
	];
	return query.of(
		`SELECT * FROM logs WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ${query.bind(limit)}`
	);
}

/** Every service that has logged, by hopping along the index rather than reading all of it. */
export const SERVICES_QUERY = `WITH RECURSIVE hop (name) AS (
	SELECT min(service) FROM logs
	UNION ALL SELECT (SELECT min(service) FROM logs WHERE service > name) FROM hop
		WHERE name IS NOT NULL)
	SELECT name FROM hop WHERE name IS NOT NULL`;

class Query {
	readonly #values: (string | number)[] = [];

	bind(value: string | number): string {
		const known = this.#values.indexOf(value);
		return `?${known >= 0 ? known + 1 : this.#values.push(value)}`;
	}

	of = (sql: string): LogQuery => ({ sql, values: this.#values });
}

/** Whether the filter names something with few rows, whose own index is the one to walk. */
const isNarrow = ({ invocationId, key }: LogFilter): boolean =>
	invocationId !== null || (key !== null && !key.endsWith('*'));

/** The conditions that each walk along an index begins with. */
function branchesOf(query: Query, filter: LogFilter): string[][] {
	const { levels, service } = filter;
	if (levels.length === LOG_LEVELS.length && (service === null || isNarrow(filter))) return [[]];
	if (isNarrow(filter))
		return [[`+level IN (${levels.map((level: LogLevel) => query.bind(level)).join(', ')})`]];
	return levels.map((level) => [`level = ${query.bind(level)}`]);
}

function conditions(
	query: Query,
	filter: LogFilter,
	{ now, wholeText = true }: Asked,
	off = ''
): string[] {
	const { kinds, invocationId, service, handler, key, text, range } = filter;
	const { from, to } = boundsOf(range, now);
	const narrow = isNarrow(filter) ? '+' : off;
	return [
		...(invocationId === null ? [] : [`${off}invocation_id = ${query.bind(invocationId)}`]),
		...(key === null ? [] : [keyCondition(query, key, invocationId === null ? off : '+')]),
		...(service === null ? [] : [`${narrow}service = ${query.bind(service)}`]),
		...(handler === null ? [] : [`handler = ${query.bind(handler)}`]),
		...(kinds.length === 0
			? []
			: [`kind IN (${kinds.map((kind) => query.bind(kind)).join(', ')})`]),
		...(from > 0 ? [`${off}at >= ${query.bind(from)}`] : []),
		...(to === null ? [] : [`${off}at <= ${query.bind(to)}`]),
		...(text === null ? [] : [textCondition(query, text, wholeText)]),
		...(key?.endsWith('*') && !wholeText ? [`service IS NOT 'UserSession'`] : [])
	];
}

function keyCondition(query: Query, key: string, off: string): string {
	if (!key.endsWith('*')) return `${off}key = ${query.bind(key)}`;
	const prefix = query.bind(key.slice(0, -1));
	return `substr(key, 1, length(${prefix})) = ${prefix}`;
}

/** By instr: a LIKE pattern may have no more than 50 bytes in D1. */
function textCondition(query: Query, text: string, wholeText: boolean): string {
	const wanted = `lower(${query.bind(text)})`;
	const inMessage = `instr(lower(message), ${wanted}) > 0`;
	return wholeText ? `(${inMessage} OR instr(lower(fields), ${wanted}) > 0)` : inMessage;
}
