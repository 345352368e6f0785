import { error } from '@sveltejs/kit';
import { parseSeatKey } from '$shared/seat-key.ts';
import { field } from '$lib/operations/justification.ts';
import { can } from '$lib/permissions.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { operate } from '$lib/server/operation.ts';
import { ports } from '$lib/server/ports.ts';
import { readSeat } from '$lib/server/seat-page.ts';
import { UpstreamError } from '$lib/server/upstream-error.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params: { key }, platform }) =>
	orErrorPage(locals.requestId, async () => {
		const parts = parseSeatKey(key);
		if (!parts)
			error(400, {
				message:
					`"${key}" is not a seat key: one is <event>:<seat>, such as concert-1:S1-A-7, ` +
					'each part of A-Z a-z 0-9 . _ -',
				code: 'bad-request',
				requestId: locals.requestId
			});
		return {
			...parts,
			reading: await readSeat(ports(platform), key),
			mayRelease: can(locals.actor, 'forceRelease'),
			intentId: crypto.randomUUID()
		};
	});

export const actions: Actions = {
	release: (event) =>
		operate(event, 'forceRelease', async (nexus, caller, justification, form) => {
			const epoch = Number(field(form, 'epoch') || Number.NaN);
			if (!Number.isSafeInteger(epoch))
				throw new UpstreamError('bad-request', 'The form does not say which state it saw', {
					status: 400
				});
			const { key: seat } = event.params;
			const { after } = await nexus.forceRelease(caller, {
				...justification,
				seat,
				expect: { epoch },
				force: field(form, 'force') === 'on'
			});
			return `${seat} is ${after.status} now, at epoch ${after.epoch}`;
		})
};
