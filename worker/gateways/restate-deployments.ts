import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { text } from '../../shared/sql.ts';
import { askRestate, queryRestate } from './restate-admin.ts';

/** A service as a deployment has it, or would have it. */
export interface ServiceRevision {
	name: string;
	revision: number;
}

export interface Registration {
	id: string;
	/** By name. */
	services: ServiceRevision[];
}

/** What Restate knows of a deployment. */
export interface KnownDeployment {
	id: string;
	uri: string;
	/** The services whose new invocations run on it. */
	latestOf: string[];
	/** Invocations under way that are pinned to it. */
	inFlight: number;
}

/** Discovery asks a Worker that may be cold, or that is not there at all. */
const DISCOVERY_TIMEOUT_MS = 15_000;

/**
 * Has Restate discover the Worker at an address, and registers it unless it is a dry run. What is
 * registered already stays as it is, and what would break callers is refused.
 *
 * @throws TerminalError 409 when Restate cannot discover it or refuses it
 */
export async function registerDeployment(
	uri: string,
	{ dryRun }: { dryRun: boolean }
): Promise<Registration> {
	const response = await askRestate('/deployments', {
		method: 'POST',
		body: JSON.stringify({
			uri,
			// In the clear the two cannot agree on HTTP/2.
			use_http_11: uri.startsWith('http:'),
			dry_run: dryRun,
			force: false,
			breaking: false
		}),
		timeoutMs: DISCOVERY_TIMEOUT_MS
	});
	if (!response.ok) throw refusal(uri, response.status, await response.text());
	const body = (await response.json()) as Registration;
	const services = body.services.map(({ name, revision }) => ({ name, revision }));
	return { id: body.id, services: services.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** What Restate blames on the request, or has a code for, will be no different the next time. */
function refusal(uri: string, status: number, body: string): Error {
	const { message, code } = readRefusal(body);
	if (code === undefined && status >= 500)
		return new Error(`Restate could not register ${uri} (${status}): ${message}`);
	return new TerminalError(`Restate does not take ${uri}: ${message}`, { errorCode: 409 });
}

/** Restate answers JSON, but for a request that it cannot even read: that one, in plain text. */
function readRefusal(body: string): { message: string; code?: string | undefined } {
	try {
		const said = JSON.parse(body) as { message?: string; restate_code?: string | null };
		return { message: said.message ?? body, code: said.restate_code ?? undefined };
	} catch {
		return { message: body };
	}
}

/** Reads a deployment; null when Restate knows none of that ID. */
export async function readDeployment(id: string): Promise<KnownDeployment | null> {
	const [deployments, services, pinned] = await Promise.all([
		queryRestate<{ endpoint: string }>(
			`SELECT endpoint FROM sys_deployment WHERE id = ${text(id)}`
		),
		queryRestate<{ name: string }>(
			`SELECT name FROM sys_service WHERE deployment_id = ${text(id)} ORDER BY name`
		),
		queryRestate<{ invocations: number }>(
			`SELECT count(*) AS invocations FROM sys_invocation_status
			WHERE pinned_deployment_id = ${text(id)} AND status <> 'completed'`
		)
	]);
	const [deployment] = deployments;
	if (!deployment) return null;
	const latestOf = services.map(({ name }) => name);
	return { id, uri: deployment.endpoint, latestOf, inFlight: pinned[0]?.invocations ?? 0 };
}

/** Has Restate forget a deployment, whatever runs on it: that is for the caller to know. */
export async function removeDeployment(id: string): Promise<void> {
	const response = await askRestate(`/deployments/${encodeURIComponent(id)}?force=true`, {
		method: 'DELETE'
	});
	if (response.ok || response.status === 404) return;
	throw new Error(`Restate could not remove ${id} (${response.status}): ${await response.text()}`);
}
