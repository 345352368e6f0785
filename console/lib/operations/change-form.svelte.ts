import type { SubmitFunction } from '@sveltejs/kit';
import { goto } from '$app/navigation';
import type { ChangeAnswer } from '$shared/change.ts';
import { urls } from '../urls.ts';

type Data = Record<string, unknown>;

/**
 * How a page of its own asks for a change: `busy` while the form is sent, and then on to the page of
 * the change.
 *
 * @param invalidateAll whether the page is read anew when it is refused: what it froze is not
 */
export function changeForm({ invalidateAll }: { invalidateAll: boolean }) {
	let busy = $state(false);
	const onsubmit: SubmitFunction<Data, Data> = () => {
		busy = true;
		return async ({ result, update }) => {
			busy = false;
			const answer = result.type === 'success' ? result.data?.['answer'] : undefined;
			if (answer) await goto(urls.change((answer as ChangeAnswer).changeId));
			else await update({ reset: false, invalidateAll });
		};
	};
	return {
		onsubmit,
		get busy() {
			return busy;
		}
	};
}
