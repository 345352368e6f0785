import { plainly, say } from './preview.ts';
import type { Preview } from './preview.ts';
import { counted } from './words.ts';

export interface SaleFacts {
	name: string;
	onSale: boolean;
	/** Seats that are held now, and the checkouts that hold them. */
	held: number;
	checkouts: number;
}

/** What pausing or resuming an event's sale does. */
export function previewSale(
	{ name, onSale, held, checkouts }: SaleFacts,
	resume: boolean
): Preview {
	if (resume)
		return plainly(
			[say('person', `Buyers can reserve seats of ${name} again, from within a second.`)],
			{
				refusal: onSale ? 'It is on sale already.' : null
			}
		);
	return plainly(
		[
			say(
				'person',
				`New reserves of ${name} are answered 503 “paused: try again later”, from within a second.`,
				'warn'
			),
			say(
				'note',
				checkouts > 0
					? `${counted(checkouts, 'checkout')} under way ${checkouts === 1 ? 'goes' : 'go'} on and can finish; one that still has seats to take fails.`
					: 'No checkout is under way.'
			),
			say(
				'seat',
				`${counted(held, 'held seat stays', 'held seats stay')} held until the hold ends.`
			)
		],
		{ refusal: onSale ? null : 'It is paused already.' }
	);
}
