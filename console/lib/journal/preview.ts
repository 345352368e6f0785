import { bytes as formatBytes } from '../format.ts';
import type { Payload } from './payload.ts';

const LENGTH = 160;

/** A payload in one line, or null when it would say nothing. */
export function preview(payload: Payload): string | null {
	switch (payload.kind) {
		case 'json':
			return JSON.stringify(payload.value).slice(0, LENGTH);
		case 'text':
			return payload.text.slice(0, LENGTH);
		case 'binary':
			return formatBytes(payload.bytes);
		case 'omitted':
			return `${formatBytes(payload.bytes)}, not fetched`;
		case 'empty':
			return null;
	}
}
