import { parseDeploymentUri, registrationChanges, withState } from '../deployment.ts';
import type { Deployment, Health, Pinned, ServiceChange, ServiceInfo } from '../deployment.ts';
import type { Admin } from './restate-admin.ts';
import { singleFlight } from './single-flight.ts';
import { UpstreamError } from './upstream-error.ts';

/** One reading of the deployments page. */
export interface DeploymentReading {
	deployments: Deployment[];
	/** By name. */
	services: ServiceInfo[];
	readAt: number;
	tookMs: number;
}

/** What registering an address would do, as it was when asked. */
export interface RegistrationPreview {
	uri: string;
	changes: ServiceChange[];
	/** Restate has a deployment at this address; registering it changes nothing. */
	known: boolean;
	readAt: number;
}

/** Reads the deployments, what runs on each, and whether each answers. */
export async function readDeployments(admin: Admin): Promise<DeploymentReading> {
	const begun = Date.now();
	const [found, services, pinned] = await Promise.all([
		admin.deployments(),
		admin.services(),
		readPinned(admin)
	]);
	const tookMs = Date.now() - begun;
	const deployments = await Promise.all(
		found.map(async (deployment) => ({
			...deployment,
			health: await readHealth(admin, deployment.uri)
		}))
	);
	return {
		deployments: withState(deployments, services, pinned),
		services: services.sort((a, b) => (a.name < b.name ? -1 : 1)),
		readAt: Date.now(),
		tookMs
	};
}

async function readPinned(admin: Admin): Promise<Pinned[]> {
	const rows = await admin.query<{
		id: string;
		service: string;
		status: string;
		invocations: number;
		since: string;
	}>(
		`SELECT pinned_deployment_id AS id, target_service_name AS service, status,
			count(*) AS invocations, min(created_at) AS since
		FROM sys_invocation_status
		WHERE status <> 'completed' AND pinned_deployment_id IS NOT NULL
		GROUP BY pinned_deployment_id, target_service_name, status`
	);
	return rows.map(({ id, service, status, invocations, since }) => ({
		...{ deploymentId: id, service, status, count: invocations },
		since: Date.parse(since)
	}));
}

/** A Worker is asked no more often than this, however many look. */
const FRESH_MS = 15_000;
const SLOW_MS = 3000;

const checks = new Map<string, () => Promise<Health>>();

/** Whether the Worker at a registered address answers Restate. */
export function readHealth(admin: Admin, uri: string): Promise<Health> {
	if (uri === '') return Promise.resolve({ state: 'unknown' });
	let check = checks.get(uri);
	if (!check) {
		check = singleFlight(() => probe(admin, uri), { freshMs: FRESH_MS, lostMs: 2 * SLOW_MS });
		checks.set(uri, check);
	}
	return check();
}

async function probe(admin: Admin, uri: string): Promise<Health> {
	const begun = Date.now();
	try {
		await admin.discover(uri, { timeoutMs: SLOW_MS, force: true });
		return { state: 'well', tookMs: Date.now() - begun, checkedAt: Date.now() };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		return { state: 'ill', error: readRefusal(error), checkedAt: Date.now() };
	}
}

/** Discovery may wake a Worker that is cold. */
const PREVIEW_MS = 15_000;

/** @throws UpstreamError 400 for what is no address, 409 for what Restate would not take */
export async function previewRegistration(
	admin: Admin,
	address: string
): Promise<RegistrationPreview> {
	const uri = parseDeploymentUri(address);
	if (!uri.ok) throw new UpstreamError('bad-request', uri.message, { status: 400 });
	try {
		const [found, services, offered] = await Promise.all([
			admin.deployments(),
			admin.services(),
			admin.discover(uri.value, { timeoutMs: PREVIEW_MS, force: false })
		]);
		return {
			uri: uri.value,
			changes: registrationChanges(services, offered),
			known: found.some((deployment) => deployment.uri === uri.value),
			readAt: Date.now()
		};
	} catch (error) {
		if (!(error instanceof UpstreamError) || error.code !== 'restate-refused') throw error;
		throw new UpstreamError('not-taken', readRefusal(error), { status: 409, cause: error });
	}
}

/** Restate's own words, without the wrapping: `[META0003] [META0003] error when calling …`. */
function readRefusal({ message }: UpstreamError): string {
	const said = /"message":"((?:[^"\\]|\\.)*)/.exec(message)?.[1];
	if (said === undefined) return message;
	return said
		.replaceAll(/\\n/g, ' ')
		.replaceAll(/\\(.)/g, '$1')
		.replace(/^(\[META\d+\] )\1/, '$1');
}
