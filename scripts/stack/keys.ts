import { base58 } from '@scure/base';
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A local stack's own keys; made on its first start, never leaving its data folder. */
export interface Keys {
	/** PKCS8 PEM, Ed25519: the console signs operator tokens with it. */
	operatorSigningKey: string;
	/** SPKI PEM, Ed25519: the service verifies them with it. */
	operatorPublicKey: string;
	/** Restate signs its calls to the Worker with the key in this file. */
	identityKeyFile: string;
	/** `publickeyv1_…`: the Worker verifies them with it. */
	identityPublicKey: string;
	/** Stripe signs its webhooks with it. */
	webhookSecret: string;
}

/** Reads the keys of a data folder, making them when they are not there yet. */
export function loadKeys(dataDir: string): Keys {
	const operatorSigningKey = readOrMake(join(dataDir, 'operator-signing-key.pem'));
	const identityKeyFile = join(dataDir, 'restate-identity-key.pem');
	const identityKey = readOrMake(identityKeyFile);
	return {
		operatorSigningKey,
		operatorPublicKey: createPublicKey(operatorSigningKey)
			.export({ type: 'spki', format: 'pem' })
			.toString(),
		identityKeyFile,
		identityPublicKey: identityPublicKey(identityKey),
		webhookSecret: webhookSecret(operatorSigningKey)
	};
}

function readOrMake(file: string): string {
	if (existsSync(file)) return readFileSync(file, 'utf8');
	const { privateKey } = generateKeyPairSync('ed25519');
	const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	mkdirSync(join(file, '..'), { recursive: true });
	writeFileSync(file, pem, { mode: 0o600 });
	return pem;
}

/** Local only: derived, so that a data folder keeps one secret for one stack. */
const webhookSecret = (seed: string): string =>
	`whsec_${createHmac('sha256', seed).update('stripe-webhook').digest('hex')}`;

/** Restate's form of an Ed25519 public key: base58 of its 32 bytes, which end its SPKI DER. */
function identityPublicKey(privateKeyPem: string): string {
	const der = createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' });
	return `publickeyv1_${base58.encode(der.subarray(-32))}`;
}
