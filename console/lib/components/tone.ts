/** What a colour means anywhere in the console. */
export type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'mute' | 'accent';

export const TONE_BADGE: Record<Tone, string> = {
	ok: 'bg-ok-soft text-ok',
	info: 'bg-info-soft text-info',
	warn: 'bg-warn-soft text-warn',
	bad: 'bg-bad-soft text-bad',
	mute: 'bg-mute-soft text-mute',
	accent: 'bg-accent-soft text-accent-text'
};

export const TONE_TEXT: Record<Tone, string> = {
	ok: 'text-ok',
	info: 'text-info',
	warn: 'text-warn',
	bad: 'text-bad',
	mute: 'text-ink-3',
	accent: 'text-accent-text'
};
