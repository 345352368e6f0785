import type { ActionFailure } from '@sveltejs/kit';
import { redirect } from '@sveltejs/kit';
import { field } from '../operations/justification.ts';
import { urls } from '../urls.ts';
import { operateWith } from './operation.ts';
import type { OperationEvent, Refused } from './operation.ts';
import { ports } from './ports.ts';

/** What is done to a change that is there already. */

type Done = { ok: true; message: string } | ActionFailure<Refused>;
type ChangeEvent = OperationEvent & { params: { id: string } };

/** Approves or rejects what somebody else proposed. */
export const decideChange = (event: ChangeEvent, approve: boolean): Promise<Done> =>
	settled(event, () =>
		operateWith(event, 'approve', async (nexus, caller, { reason }, form) => {
			const { id: changeId } = event.params;
			const expect = { status: field(form, 'status') };
			const answer = await nexus.decide(caller, { changeId, approve, reason, expect });
			return { message: answer.outcome === 'rejected' ? 'Rejected' : 'Approved' };
		})
	);

/** Takes a change back. */
export const undoChange = (event: ChangeEvent): Promise<Done> =>
	settled(event, () =>
		operateWith(event, ownAction(event), async (nexus, caller, { reason }) => {
			const { message } = await nexus.undo(caller, { changeId: event.params.id, reason });
			return { message };
		})
	);

/** Stops a bulk change before its next item. */
export const stopChange = (event: ChangeEvent): Promise<Done> =>
	settled(event, () =>
		operateWith(event, ownAction(event), async (nexus, caller, { reason }) => {
			await nexus.stopBulk(caller, { changeId: event.params.id, reason });
			return { message: 'It stops before its next item' };
		})
	);

/** Who may ask for a change may ask for its end; whose it is, the service looks at. */
const ownAction =
	({ locals, platform, params }: ChangeEvent) =>
	async () => {
		const { nexus } = ports(platform);
		return (await nexus.change(locals.actor, params.id)).action;
	};

/** Without scripts the page is read anew, so that reloading it does nothing twice. */
async function settled(event: ChangeEvent, act: () => Promise<Done>): Promise<Done> {
	const result = await act();
	if ('message' in result && !event.request.headers.has('x-sveltekit-action'))
		redirect(303, urls.change(event.params.id));
	return result;
}
