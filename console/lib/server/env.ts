import type { D1Database } from '@cloudflare/workers-types';

/** Bindings of the console Worker. None of them may reach the browser. */
export interface ConsoleEnv {
	DB: D1Database;
	/** `local` on a developer's machine; absent in production. */
	NEXUS_MODE?: 'local';
	RESTATE_INGRESS_URL: string;
	RESTATE_ADMIN_URL: string;
	/** Bearer token for both, where they need one. */
	RESTATE_TOKEN?: string;
	/** PKCS8 PEM, Ed25519: signs operator tokens. */
	OPERATOR_SIGNING_KEY: string;
	/** `<team>.cloudflareaccess.com`. */
	ACCESS_TEAM_DOMAIN?: string;
	/** The Access application's audience tag. */
	ACCESS_AUD?: string;
	/** Set to anything but `0` or `false`, nothing can be changed from this console. */
	NEXUS_READ_ONLY?: string;
	/** JSON: thresholds of the worklist that are not its own defaults, in ms by name. */
	WORKLIST_THRESHOLDS?: string;
}
