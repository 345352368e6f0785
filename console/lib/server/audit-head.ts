import * as clients from '@restatedev/restate-sdk-clients';
import type { ChainHead } from '$shared/audit-chain.ts';
import { OPERATOR_HEADER, signOperatorToken } from '$shared/operator-token.ts';
import type { Audit } from '../../../worker/audit.ts';
import type { Actor } from '../permissions.ts';
import type { ConsoleEnv } from './env.ts';
import { ingressError } from './ingress-error.ts';

/** There is one audit, so that there is one chain. */
const AUDIT_KEY = 'nexus';
const TIMEOUT_MS = 3000;

/**
 * Asks the one writer of the audit for the newest record that it knows of: what the records
 * themselves say of their end proves nothing.
 *
 * @throws UpstreamError when it cannot be asked
 */
export const readChainHead = (
	{
		RESTATE_INGRESS_URL: url,
		RESTATE_TOKEN: token,
		OPERATOR_SIGNING_KEY
	}: Pick<ConsoleEnv, 'RESTATE_INGRESS_URL' | 'RESTATE_TOKEN' | 'OPERATOR_SIGNING_KEY'>,
	actor: Actor
): Promise<ChainHead> =>
	ingressError(async () => {
		const ingress = clients.connect({
			url,
			...(token ? { headers: { authorization: `Bearer ${token}` } } : {})
		});
		const headers = { [OPERATOR_HEADER]: await signOperatorToken(OPERATOR_SIGNING_KEY, actor) };
		return ingress
			.objectClient<Audit>({ name: 'Audit' }, AUDIT_KEY)
			.head(clients.rpc.opts({ timeout: TIMEOUT_MS, headers }));
	});
