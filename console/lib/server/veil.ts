import { createHmac } from 'node:crypto';
import { Masker } from './masking.ts';
import type { Tag } from './masking.ts';
import { UpstreamError } from './upstream-error.ts';

/** What somebody may see. */
export interface Reader {
	/** Personal data and the payloads of journals. */
	payloads: boolean;
}

/** What a reader may see of what the ports read: all of it, or all but personal data. */
export interface Veil {
	/** Whether personal data is masked. */
	readonly drawn: boolean;
	/** A reading as its reader may see it: for one that several readers share. */
	over: <T>(value: T) => T;
	/** A port whose every answer is as its reader may see it. */
	port: <P extends object>(port: P) => P;
	/** Tells of people who may be named in what is read next. */
	meet: (people: unknown) => void;
}

/** For a reader with the right to payloads. */
const OPEN: Veil = {
	drawn: false,
	over: (value) => value,
	port: (port) => port,
	meet: () => undefined
};

/**
 * The veil of one request. A platform that says nothing of its reader has one without the right: a
 * new way to a port is veiled until somebody says otherwise.
 */
export function veilOf(
	platform: { env: { OPERATOR_SIGNING_KEY?: string }; reader?: Reader } | undefined
): Veil {
	if (platform?.reader?.payloads === true) return OPEN;
	const masker = new Masker(tagBy(platform?.env.OPERATOR_SIGNING_KEY ?? ''));
	return {
		drawn: true,
		over: (value) => masker.mask(value),
		port: (port) => veiled(port, masker),
		meet: (people) => masker.meet(people)
	};
}

const TAG_LENGTH = 6;

/** Names are few and easily tried, so the tag takes a key that never leaves the server. */
const tagBy =
	(key: string): Tag =>
	(text) =>
		createHmac('sha256', `nexus-mask ${key}`).update(text).digest('hex').slice(0, TAG_LENGTH);

type Method = (...args: unknown[]) => unknown;

function veiled<P extends object>(port: P, masker: Masker): P {
	const methods = Object.entries(port).map(([name, method]) => [
		name,
		typeof method === 'function' ? guarded(method as Method, masker) : (method as unknown)
	]);
	return Object.fromEntries(methods) as P;
}

const guarded =
	(method: Method, masker: Masker): Method =>
	async (...args) => {
		try {
			return masker.mask(await method(...args));
		} catch (error) {
			if (!(error instanceof UpstreamError)) throw error;
			const { code, message, status, retryable, cause } = error;
			throw new UpstreamError(code, masker.mask(message), { status, retryable, cause });
		}
	};
