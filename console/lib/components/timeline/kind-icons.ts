import type { LucideIcon } from '@lucide/svelte';
import ArrowRightFromLine from '@lucide/svelte/icons/arrow-right-from-line';
import ArrowRightToLine from '@lucide/svelte/icons/arrow-right-to-line';
import Bug from '@lucide/svelte/icons/bug';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import Cpu from '@lucide/svelte/icons/cpu';
import Database from '@lucide/svelte/icons/database';
import Dot from '@lucide/svelte/icons/dot';
import Moon from '@lucide/svelte/icons/moon';
import Play from '@lucide/svelte/icons/play';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Send from '@lucide/svelte/icons/send';
import ShieldUser from '@lucide/svelte/icons/shield-user';
import SquareArrowOutUpRight from '@lucide/svelte/icons/square-arrow-out-up-right';
import Timer from '@lucide/svelte/icons/timer';
import Zap from '@lucide/svelte/icons/zap';
import type { ItemKind } from '../../journal/timeline.ts';

/** The sign of each kind of timeline row. */
export const KIND_ICONS: Record<ItemKind, LucideIcon> = {
	input: ArrowRightToLine,
	output: ArrowRightFromLine,
	call: SquareArrowOutUpRight,
	send: Send,
	run: Play,
	sleep: Timer,
	state: Database,
	signal: Zap,
	other: Dot,
	suspension: Moon,
	retry: RotateCw,
	pause: CirclePause,
	line: ScrollText,
	exception: Bug,
	outcome: Cpu,
	action: ShieldUser
};
