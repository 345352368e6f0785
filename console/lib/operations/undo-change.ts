import { deserialize } from '$app/forms';
import { urls } from '../urls.ts';

/** Long enough for whoever reads the audit: the button is pressed within seconds. */
const REASON = 'Taken back within its countdown';

/** Takes a change back before it is carried out. @returns why that failed, or nothing */
export async function undoChange(changeId: string): Promise<string | undefined> {
	const body = new FormData();
	body.set('reason', REASON);
	body.set('intentId', crypto.randomUUID());
	try {
		const response = await fetch(`${urls.change(changeId)}?/undo`, {
			method: 'POST',
			headers: { 'x-sveltekit-action': 'true' },
			body
		});
		const result = deserialize(await response.text());
		if (result.type === 'success') return undefined;
		if (result.type === 'failure') return String(result.data?.['message']);
		return 'The console could not undo it';
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
