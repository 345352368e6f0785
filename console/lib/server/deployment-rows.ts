import type { DeploymentInfo, HandlerInfo, ServiceInfo, Setting } from '../deployment.ts';

/** Restate's own descriptions of deployments and services, as the console shows them. */

export interface DeploymentRow {
	id: string;
	uri?: string;
	created_at: string;
	protocol_type?: string;
	http_version?: string;
	min_protocol_version: number;
	max_protocol_version: number;
	sdk_version?: string;
	services: { name: string; revision: number }[];
}

interface SettingsRow {
	idempotency_retention?: string;
	journal_retention?: string;
	workflow_completion_retention?: string;
	inactivity_timeout?: string;
	abort_timeout?: string;
	retry_policy?: RetryRow;
}

interface RetryRow {
	initial_interval?: string;
	exponentiation_factor?: number;
	/** Null: without end. */
	max_attempts?: number | null;
	max_interval?: string;
	on_max_attempts?: string;
}

export interface ServiceRow extends SettingsRow {
	name: string;
	ty: 'Service' | 'VirtualObject' | 'Workflow';
	revision: number;
	public: boolean;
	deployment_id: string;
	handlers: HandlerRow[];
}

interface HandlerRow extends SettingsRow {
	name: string;
	ty?: 'Exclusive' | 'Shared' | 'Workflow';
	public: boolean;
}

export const readDeployment = (row: DeploymentRow): DeploymentInfo => ({
	id: row.id,
	uri: row.uri ?? '',
	createdAt: Date.parse(row.created_at),
	protocol: [
		row.protocol_type === 'BidiStream' ? 'streaming' : 'request/response',
		row.http_version,
		`v${row.min_protocol_version}–${row.max_protocol_version}`
	]
		.filter(Boolean)
		.join(' · '),
	sdk: row.sdk_version ?? 'unknown',
	services: row.services.map(({ name, revision }) => ({ name, revision })),
	health: { state: 'unknown' }
});

const KINDS = { Service: 'service', VirtualObject: 'object', Workflow: 'workflow' } as const;
const HANDLER_KINDS = { Exclusive: 'exclusive', Shared: 'shared', Workflow: 'workflow' } as const;

export const readService = (row: ServiceRow): ServiceInfo => ({
	name: row.name,
	kind: KINDS[row.ty],
	revision: row.revision,
	public: row.public,
	deploymentId: row.deployment_id,
	handlers: row.handlers.map(readHandler).sort((a, b) => (a.name < b.name ? -1 : 1)),
	settings: readSettings(row)
});

const readHandler = (row: HandlerRow): HandlerInfo => ({
	name: row.name,
	kind: row.ty ? HANDLER_KINDS[row.ty] : null,
	public: row.public,
	settings: readSettings(row)
});

const readSettings = (row: SettingsRow): Setting[] => [
	...setting('Journal kept', row.journal_retention),
	...setting('Idempotency keys kept', row.idempotency_retention),
	...setting('Workflow result kept', row.workflow_completion_retention),
	...setting('Asked to suspend after', row.inactivity_timeout),
	...setting('Then aborted after', row.abort_timeout),
	...setting('Retries', row.retry_policy && printRetries(row.retry_policy))
];

const setting = (name: string, value: string | undefined): Setting[] =>
	value === undefined || value === '' ? [] : [[name, value]];

function printRetries(policy: RetryRow): string {
	const { initial_interval: first, exponentiation_factor: factor, max_interval: longest } = policy;
	const intervals = first
		? `${first}${factor === undefined ? '' : `, ×${factor}`}${longest ? `, at most ${longest}` : ''}`
		: '';
	return [intervals, printAttempts(policy)].filter(Boolean).join('; ');
}

function printAttempts(policy: RetryRow): string {
	const { initial_interval: first, max_attempts: attempts, on_max_attempts: then } = policy;
	// A handler without a policy of its own has a null here, and nothing else.
	if (attempts === undefined || attempts === null) return first ? 'without end' : '';
	return `${attempts} attempts, then ${(then ?? 'pause').toLowerCase()}`;
}
