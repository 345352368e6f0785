import { isInvocationId } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import { redactText } from '../journal/redact.ts';
import type { JournalRow } from '../journal/entry.ts';
import type { OrderRow } from '../order.ts';
import type { CaseCheckout, Setback, Workflow } from '../order-case/case.ts';
import { stepsOf } from '../order-case/steps.ts';
import { readRows } from './invocation-sql.ts';
import { invocationsOfKey, readInvocation } from './invocations.ts';
import type { InvocationRow } from './invocations.ts';
import type { Admin } from './restate-admin.ts';
import { integer, text } from '$shared/sql.ts';

/** A checkout of ten seats that fails has about a hundred entries. */
const MAX_ENTRIES = 500;
const MAX_SETBACKS = 100;
const MAX_PAYMENTS = 20;

/**
 * What Restate knows of an order: its checkout with its steps, the mails that the checkout and
 * operators' actions sent, and what goes on with its money apart from it.
 *
 * @param actions the invocations of operators' actions on the order, and what followed from them
 * @throws UpstreamError
 */
export async function readWorkflow(
	admin: Admin,
	{ id, invocationId }: Pick<OrderRow, 'id' | 'invocationId'>,
	actions: readonly string[]
): Promise<Workflow> {
	const [checkout, payments] = await Promise.all([
		readCheckout(admin, invocationId),
		invocationsOfKey(admin, 'Payment', id, { limit: MAX_PAYMENTS, without: ['money'] })
	]);
	const own =
		checkout?.steps.filter(isNotification).flatMap((step) => step.invocationId ?? []) ?? [];
	const others = await Promise.all(
		[...actions, ...payments.map((payment) => payment.id)].map((each) => sentMails(admin, each))
	);
	const sent = await readAll(admin, [...own, ...others.flat(), ...actions.filter(isInvocationId)]);
	const notifications = sent.filter(({ service }) => service === 'Notification');
	return { checkout, payments, notifications };
}

const isNotification = ({ kind, target }: CaseCheckout['steps'][number]): boolean =>
	kind === 'send' && target?.service === 'Notification';

async function readCheckout(admin: Admin, id: string): Promise<CaseCheckout | null> {
	const [invocation] = await readAll(admin, [id]);
	if (!invocation) return null;
	const [journal, setbacks] = await Promise.all([
		readJournal(admin, id),
		admin.query<EventRow>(
			`SELECT appended_at, event_type, event_json FROM sys_journal_events
			WHERE id = ${text(id)} ORDER BY appended_at DESC LIMIT ${integer(MAX_SETBACKS)}`
		)
	]);
	const steps = stepsOf(journal);
	return {
		...invocation,
		steps,
		setbacks: setbacks.reverse().flatMap(readSetback),
		cancelRequested: steps.some(({ kind }) => kind === 'cancel')
	};
}

/** The input holds nothing that the order's row does not. */
const readJournal = (admin: Admin, id: string): Promise<JournalRow[]> =>
	admin.query<JournalRow>(
		`SELECT index, entry_type, name, appended_at, raw_length, entry_json FROM sys_journal
		WHERE id = ${text(id)} AND index > 0 ORDER BY index LIMIT ${integer(MAX_ENTRIES)}`
	);

const sentMails = async (admin: Admin, id: string): Promise<string[]> =>
	isInvocationId(id)
		? stepsOf(await readJournal(admin, id))
				.filter(isNotification)
				.flatMap((step) => step.invocationId ?? [])
		: [];

async function readAll(admin: Admin, ids: readonly string[]): Promise<Invocation[]> {
	if (ids.length === 0) return [];
	return (await admin.query<InvocationRow>(readRows([...new Set(ids)]))).map(readInvocation);
}

interface EventRow {
	appended_at: string;
	event_type: string;
	event_json: string;
}

interface Failure {
	error_message?: string;
	related_command_name?: string;
}

/** An attempt's failure, or a pause; Restate keeps one only where it differs from the one before. */
function readSetback({ appended_at, event_type, event_json }: EventRow): Setback[] {
	if (event_type !== 'TransientError' && event_type !== 'Paused') return [];
	const event = JSON.parse(event_json) as Failure & { last_failure?: Failure };
	const failure = event.last_failure ?? event;
	const [message = ''] = redactText(failure.error_message ?? '').split('\n');
	const step = failure.related_command_name ?? '';
	return [
		{
			at: Date.parse(appended_at),
			paused: event_type === 'Paused',
			step: step === '' ? null : step,
			message
		}
	];
}
