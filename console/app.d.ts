import type { ConsoleEnv } from './lib/server/env.ts';
import type { Reader } from './lib/server/veil.ts';
import type { Actor } from './lib/permissions.ts';

declare global {
	namespace App {
		interface Locals {
			/** Also in the response's x-request-id and in whatever the request writes to the audit log. */
			requestId: string;
			actor: Actor;
			/** Whether nothing may be changed here, whoever asks. */
			readOnly: boolean;
		}

		/** What the outermost layout gives every page. */
		interface PageData {
			actor: Actor;
		}

		interface Error {
			message: string;
			code?: string;
			requestId?: string;
			/** Whether the same request may well succeed in a moment. */
			retryable?: boolean;
		}

		interface Platform {
			env: ConsoleEnv;
			/** What the request's reader may see; without it, nothing personal. */
			reader?: Reader;
		}
	}
}

export {};
