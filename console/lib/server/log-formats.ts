import type { StoredLog } from '$shared/log-row.ts';
import { csvLine } from '../csv.ts';

/** How logs are written to a file. */
export interface LogFormat {
	type: string;
	head: string;
	row: (row: StoredLog) => string;
}

const time = (at: number): string => new Date(at).toISOString();

const COLUMNS: [name: string, of: (row: StoredLog) => string | number | null][] = [
	['time', ({ at }) => time(at)],
	['level', ({ level }) => level],
	['kind', ({ kind }) => kind],
	['service', ({ service }) => service],
	['handler', ({ handler }) => handler],
	['key', ({ key }) => key],
	['message', ({ message }) => message],
	['fields', ({ fields }) => fields && JSON.stringify(fields)],
	['outcome', ({ outcome }) => outcome],
	['cpu_ms', ({ cpuMs }) => cpuMs],
	['wall_ms', ({ wallMs }) => wallMs],
	['invocation', ({ invocationId }) => invocationId]
];

/** By the ending of the file's name. */
export const LOG_FORMATS: ReadonlyMap<string, LogFormat> = new Map([
	[
		'csv',
		{
			type: 'text/csv; charset=utf-8',
			head: csvLine(COLUMNS.map(([name]) => name)),
			row: (row: StoredLog) => csvLine(COLUMNS.map(([, of]) => of(row)))
		}
	],
	[
		'ndjson',
		{
			type: 'application/x-ndjson',
			head: '',
			row: ({ at, ...rest }: StoredLog) => `${JSON.stringify({ time: time(at), ...rest })}\n`
		}
	]
]);
