import { errors, jwtVerify, SignJWT } from 'jose';
import type { Requested } from '../operations/requests.ts';
import { UpstreamError } from './upstream-error.ts';

/**
 * What an operator was shown, signed, so that it comes back from the browser as it went there: the
 * preview that is kept with a change is the one that was read, and the change is the one that was
 * previewed.
 */
export interface Sealed {
	requested: Requested;
	/** The sentences of the preview. */
	preview: string[];
	/** Of a bulk change: the digest of its items, which are too many to be inside. */
	items?: string;
}

const ALGORITHM = 'HS256';
const AUDIENCE = 'nexus-preview';
/** As long as a dialog may stay open. */
const LIFETIME = '1h';

/** @param secret the console's signing key; what seals is derived from it for this alone */
export async function seal(secret: string, { requested, preview, items }: Sealed): Promise<string> {
	return new SignJWT({ requested, preview, ...(items !== undefined && { items }) })
		.setProtectedHeader({ alg: ALGORITHM })
		.setAudience(AUDIENCE)
		.setIssuedAt()
		.setExpirationTime(LIFETIME)
		.sign(await keyFrom(secret));
}

/** @throws UpstreamError 400 for what this console did not seal, or sealed too long ago */
export async function unseal(secret: string, sealed: string): Promise<Sealed> {
	try {
		const { payload } = await jwtVerify(sealed, await keyFrom(secret), {
			algorithms: [ALGORITHM],
			audience: AUDIENCE
		});
		return payload as unknown as Sealed;
	} catch (cause) {
		if (!(cause instanceof errors.JOSEError)) throw cause;
		throw new UpstreamError(
			'bad-request',
			cause instanceof errors.JWTExpired
				? 'What you were shown is more than an hour old: look at it again'
				: 'The form does not say what you were shown: reload the page and try again',
			{ status: 400, cause }
		);
	}
}

async function keyFrom(secret: string): Promise<Uint8Array> {
	const text = new TextEncoder().encode(`${AUDIENCE} ${secret}`);
	return new Uint8Array(await crypto.subtle.digest('SHA-256', text));
}
