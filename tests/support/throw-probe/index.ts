import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { logLine } from '../../../worker/logging.ts';

/** Two ways for an invocation to fail before its handler has said a word. */

const throwProbe = restate.service({
	name: 'ThrowProbe',
	handlers: {
		/** Throws in the handler, where the SDK catches it. */
		throws: (): Promise<void> => Promise.reject(new Error('Thrown before the first line')),
		/** Never gets as far as the SDK: the Worker dies on the request. */
		dies: async (): Promise<void> => Promise.resolve()
	}
});

const handler = restate.createEndpointHandler({ services: [throwProbe], logger: logLine });

export default {
	fetch: (request: Request): Promise<Response> => {
		if (new URL(request.url).pathname.endsWith('/dies'))
			throw new TypeError('Died before the SDK saw it');
		return handler(request);
	}
};
