import { SignJWT, errors, importPKCS8, importSPKI, jwtVerify } from 'jose';

/** Header that carries the token on a call to the ingress. */
export const OPERATOR_HEADER = 'x-nexus-operator';

export const ROLES = ['viewer', 'operator', 'approver', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who acts, as the console has authenticated them. */
export interface Operator {
	name: string;
	role: Role;
}

const ALGORITHM = 'EdDSA';
const ISSUER = 'nexus-console';
const AUDIENCE = 'nexus-operations';
/** Long enough for a queued invocation to start, short enough to be useless when leaked. */
const LIFETIME = '5m';

/** Signs a short-lived operator token with the console's Ed25519 key (PKCS8 PEM). */
export async function signOperatorToken(
	privateKeyPem: string,
	{ name, role }: Operator
): Promise<string> {
	const key = await importPKCS8(privateKeyPem, ALGORITHM);
	return new SignJWT({ role })
		.setProtectedHeader({ alg: ALGORITHM })
		.setIssuer(ISSUER)
		.setAudience(AUDIENCE)
		.setSubject(name)
		.setIssuedAt()
		.setExpirationTime(LIFETIME)
		.sign(key);
}

/**
 * Verifies an operator token against the console's public key (SPKI PEM).
 *
 * @returns the operator, or undefined when the token is missing, forged, expired, or names no
 * known role
 */
export async function verifyOperatorToken(
	publicKeyPem: string,
	token: string | undefined
): Promise<Operator | undefined> {
	if (!token) return undefined;
	const key = await importSPKI(publicKeyPem, ALGORITHM);
	try {
		const { payload } = await jwtVerify(token, key, {
			algorithms: [ALGORITHM],
			issuer: ISSUER,
			audience: AUDIENCE
		});
		const role = ROLES.find((known) => known === payload['role']);
		return role && payload.sub ? { name: payload.sub, role } : undefined;
	} catch (error) {
		if (error instanceof errors.JOSEError) return undefined;
		throw error;
	}
}
