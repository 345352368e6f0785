import type { ConsoleEnv } from './env.ts';
import { UpstreamError } from './upstream-error.ts';

/** The Worker's bindings. @throws UpstreamError where there are none, as under plain `vite dev` */
export function envOf(platform: { env: ConsoleEnv } | undefined): ConsoleEnv {
	if (platform) return platform.env;
	throw new UpstreamError('not-configured', 'The console runs on workerd: start it by npm start', {
		status: 503
	});
}
