import { IDENTITY_COOKIE } from '../../console/lib/local-identity.ts';

/** The cookie with which a local console takes a request for somebody's. */
export const as = (identity: string): Record<string, string> => ({
	cookie: `${IDENTITY_COOKIE}=${identity}`
});
