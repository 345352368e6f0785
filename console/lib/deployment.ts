/** Deployments: where the code of each service runs, and what still runs on older code. */

export interface HandlerInfo {
	name: string;
	/** Exclusive and workflow handlers queue by key; null for a plain service's. */
	kind: 'exclusive' | 'shared' | 'workflow' | null;
	/** Whether the ingress takes calls to it. */
	public: boolean;
	/** Its own settings, where they differ from its service's. */
	settings: Setting[];
}

/** One setting, in words: `['Journal kept', '1d']`. */
export type Setting = readonly [name: string, value: string];

export interface ServiceInfo {
	name: string;
	kind: 'service' | 'object' | 'workflow';
	revision: number;
	public: boolean;
	/** Where new invocations run. */
	deploymentId: string;
	handlers: HandlerInfo[];
	settings: Setting[];
}

/** Invocations under way that are pinned to a deployment, of one service in one status. */
export interface Pinned {
	deploymentId: string;
	service: string;
	status: string;
	count: number;
	/** When the oldest began. */
	since: number;
}

/** As of the newest look at it. */
export type Health =
	| { state: 'well'; tookMs: number; checkedAt: number }
	| { state: 'ill'; error: string; checkedAt: number }
	| { state: 'unknown' };

export interface DeploymentInfo {
	id: string;
	uri: string;
	createdAt: number;
	protocol: string;
	sdk: string;
	/** Every service it has, with the revision it has of it. */
	services: { name: string; revision: number }[];
	health: Health;
}

/**
 * `latest`: new invocations run on it. `draining`: none do, but some are under way.
 * `drained`: nothing runs on it any more.
 */
export type DeploymentState = 'latest' | 'draining' | 'drained';

export interface Deployment extends DeploymentInfo {
	state: DeploymentState;
	/** The services whose new invocations run on it. */
	latestOf: string[];
	/** Most first. */
	pinned: Pinned[];
	inFlight: number;
}

/** Deployments with what runs on each, newest first. */
export const withState = (
	deployments: readonly DeploymentInfo[],
	services: readonly ServiceInfo[],
	pinned: readonly Pinned[]
): Deployment[] =>
	deployments
		.map((deployment) => {
			const latestOf = services
				.filter(({ deploymentId }) => deploymentId === deployment.id)
				.map(({ name }) => name);
			const own = pinned.filter(({ deploymentId }) => deploymentId === deployment.id);
			const inFlight = own.reduce((sum, { count }) => sum + count, 0);
			return {
				...deployment,
				latestOf,
				pinned: own.toSorted((a, b) => b.count - a.count),
				inFlight,
				state: stateOf(latestOf.length > 0, inFlight)
			};
		})
		.sort((a, b) => b.createdAt - a.createdAt);

function stateOf(latest: boolean, inFlight: number): DeploymentState {
	if (latest) return 'latest';
	return inFlight > 0 ? 'draining' : 'drained';
}

/** What registering a Worker would change about one service. */
export interface ServiceChange {
	name: string;
	/** Null where there is none now. */
	from: number | null;
	to: number;
	/** Handlers, each with its sign: `+ refund`, `− resend`, `~ get is public now`. */
	changes: string[];
}

/** What a registration would change, service by service; of a service it lacks, nothing. */
export const registrationChanges = (
	now: readonly ServiceInfo[],
	offered: readonly ServiceInfo[]
): ServiceChange[] =>
	offered
		.map((service) => {
			const current = now.find(({ name }) => name === service.name);
			return {
				name: service.name,
				from: current?.revision ?? null,
				to: service.revision,
				changes: current ? changesOf(current, service) : []
			};
		})
		.sort((a, b) => (a.name < b.name ? -1 : 1));

function changesOf(current: ServiceInfo, next: ServiceInfo): string[] {
	const named = (handlers: HandlerInfo[], wanted: string) =>
		handlers.find(({ name }) => name === wanted);
	const added = next.handlers.filter(({ name }) => !named(current.handlers, name));
	const removed = current.handlers.filter(({ name }) => !named(next.handlers, name));
	const opened = next.handlers.filter((handler) => {
		const before = named(current.handlers, handler.name);
		return before !== undefined && before.public !== handler.public;
	});
	return [
		...(current.kind === next.kind ? [] : [`~ ${current.kind} becomes ${next.kind}`]),
		...added.map(({ name }) => `+ ${name}`),
		...removed.map(({ name }) => `− ${name}`),
		...opened.map((handler) => `~ ${handler.name} is ${handler.public ? 'public' : 'internal'} now`)
	];
}

/** A service as it would be registered, for a form to send along. */
export interface ServiceRevision {
	name: string;
	revision: number;
}

export const printRevisions = (services: readonly ServiceRevision[]): string =>
	services.map(({ name, revision }) => `${name}@${revision}`).join(' ');

/** Reads what {@link printRevisions} wrote; undefined for anything else. */
export function parseRevisions(text: string): ServiceRevision[] | undefined {
	const parts = text.split(' ').map((part) => /^([\w.-]+)@(\d{1,9})$/.exec(part));
	const services = parts.flatMap((part) =>
		part?.[1] === undefined ? [] : [{ name: part[1], revision: Number(part[2]) }]
	);
	return services.length === parts.length ? services : undefined;
}

export type ParsedUri = { ok: true; value: string } | { ok: false; message: string };

/** Reads the address of a Worker to register: http or https, and nothing secret in it. */
export function parseDeploymentUri(text: string): ParsedUri {
	if (text === '') return { ok: false, message: 'Give the address that the Worker answers at' };
	if (text.length > 500) return { ok: false, message: 'An address has at most 500 characters' };
	const url = URL.parse(text);
	if (!url || !/^https?:$/.test(url.protocol))
		return { ok: false, message: `"${text}" is not an http or https address` };
	if (url.username !== '' || url.password !== '')
		return { ok: false, message: 'An address must not hold credentials' };
	return { ok: true, value: url.href };
}
