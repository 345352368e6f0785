import type { ChangeAnswer } from '$shared/change.ts';

/** A change that was asked for in this tab, until its operator has seen what became of it. */
export interface Tracked {
	changeId: string;
	/** What was asked: `Cancel checkout`. */
	label: string;
	target: string;
	answer: ChangeAnswer;
}

const MOST = 4;

/** The changes asked for in this tab that are still shown at its foot, the newest first. */
class Tray {
	#items: readonly Tracked[] = $state.raw([]);

	get items(): readonly Tracked[] {
		return this.#items;
	}

	track(answer: ChangeAnswer, label: string, target: string): void {
		const { changeId } = answer;
		const others = this.#items.filter((item) => item.changeId !== changeId);
		this.#items = [{ changeId, label, target, answer }, ...others].slice(0, MOST);
	}

	dismiss(changeId: string): void {
		this.#items = this.#items.filter((item) => item.changeId !== changeId);
	}
}

/** Filled by the browser alone: a server draws for many readers. */
export const tray = new Tray();
