import type { Tone } from '../components/tone.ts';

/** One thing that a change will do, in a sentence for whoever decides on it. */
export interface Consequence {
	kind: 'step' | 'compensation' | 'seat' | 'money' | 'mail' | 'child' | 'person' | 'note';
	text: string;
	tone: Tone;
}

/** What a change will do, before it is done. */
export interface Preview {
	consequences: Consequence[];
	/** Whom it touches: buyers, and nobody else. */
	affected: string[];
	/** What comes free or goes back: seats, and minor units of money; null where none is known. */
	numbers: { seats: number; amount: number | null; currency: string | null };
	/** Why it cannot be asked for as things are; null when it can. */
	refusal: string | null;
	/** Why it will need a second person, as far as can be told beforehand. */
	approvalFor: string | null;
}

export const NO_NUMBERS: Preview['numbers'] = { seats: 0, amount: null, currency: null };

export const say = (kind: Consequence['kind'], text: string, tone: Tone = 'mute'): Consequence => ({
	kind,
	text,
	tone
});

/** A preview of a change that moves no money and frees no seat. */
export const plainly = (
	consequences: Consequence[],
	rest: Partial<Omit<Preview, 'consequences'>> = {}
): Preview => ({
	consequences,
	affected: [],
	numbers: NO_NUMBERS,
	refusal: null,
	approvalFor: null,
	...rest
});

/** What the operator reads, as it is kept with the change. */
export const sentencesOf = ({ consequences }: Preview): string[] =>
	consequences.map(({ text }) => text);
