import type { RestartPoint } from '../preview/restart.ts';
import type { Preview } from '../preview/preview.ts';
import type { Ask } from './ask.ts';

/** What a dialog shows of a change before it is asked for. */
export interface Offer {
	ask: Ask;
	preview: Preview;
	/** What there is to choose from. */
	choices: {
		/** Whether a checkout under way can be cancelled first. */
		force?: boolean;
		/** What is left to refund, in words, and its currency. */
		left?: string;
		currency?: string;
		/** Where it can begin again. */
		points?: RestartPoint[];
		/** Whether there is newer code to go on with. */
		newer?: boolean;
	};
	/** What is sent along when it is asked for: exactly what was shown here, signed. */
	seal: string;
	/** Names the intent: the same one sent twice is carried out once. */
	intentId: string;
	readAt: number;
}
