import { BULK_ACTS } from '../preview/bulk.ts';
import type { BulkAct, Chosen } from '../preview/bulk.ts';
import { INVOCATION_STATUSES } from '../invocation.ts';
import type { Preview } from '../preview/preview.ts';

/** A bulk change before it is asked for. */
export interface BulkOffer {
	act: BulkAct;
	/** Which, frozen: what comes or goes after this changes nothing about it. */
	chosen: Chosen[];
	preview: Preview;
	seal: string;
	intentId: string;
	readAt: number;
}

export type ParsedAct = { ok: true; value: BulkAct } | { ok: false; message: string };

export function parseAct(params: URLSearchParams): ParsedAct {
	const named = params.get('act') ?? '';
	const act = BULK_ACTS.find((known) => known === named);
	return act
		? { ok: true, value: act }
		: {
				ok: false,
				message: `"${named}" cannot be done to many at once; use one of ${BULK_ACTS.join(', ')}`
			};
}

/** The frozen choice as a form's field: an ID and a status a line. */
export const printChosen = (chosen: readonly Chosen[]): string =>
	chosen.map(({ id, status }) => `${id} ${status}`).join('\n');

/** Reads it back. Whether it is what was shown, its digest tells. */
export const readChosen = (text: string): Chosen[] =>
	text
		.split(/\r?\n/)
		.filter((line) => line !== '')
		.flatMap((line) => {
			const [id = '', named] = line.split(' ');
			const status = INVOCATION_STATUSES.find((known) => known === named);
			return status ? [{ id, status }] : [];
		});
