import { depart } from './transport.ts';

export { Ledger } from './ledger.ts';

interface Env {
	LEDGER: {
		idFromName: (name: string) => unknown;
		get: (id: unknown) => { fetch: (request: Request) => Promise<Response> };
	};
}

const ABOUT = {
	name: 'Nexus sandbox gateway',
	purpose:
		'Stands in for the Stripe and Resend HTTP APIs, locally and in tests. No money, no mail.',
	routes: {
		stripe: [
			'POST|GET /v1/payment_intents',
			'GET /v1/payment_intents/search?query=',
			'GET /v1/payment_intents/:id',
			'POST /v1/payment_intents/:id/confirm|capture|cancel',
			'POST|GET /v1/refunds',
			'GET /v1/refunds/:id'
		],
		resend: ['POST /emails', 'GET /emails/:id'],
		control: ['GET|PUT|DELETE /__faults', 'GET|DELETE /__ledger']
	}
};

export default {
	async fetch(request: Request, env: Env): Promise<Response> {
		const { pathname } = new URL(request.url);
		if (pathname === '/' && request.method === 'GET') return Response.json(ABOUT);
		const ledger = env.LEDGER.get(env.LEDGER.idFromName('ledger'));
		return depart(await ledger.fetch(request));
	}
};
