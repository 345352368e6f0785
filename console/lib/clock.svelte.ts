import { createSubscriber } from 'svelte/reactivity';

/**
 * The current second, for whatever shows an age. One timer however many readers, none when
 * nobody reads, and at rest while the tab is hidden.
 */
const subscribe = createSubscriber((update) => {
	const tick = () => {
		if (!document.hidden) update();
	};
	const timer = setInterval(tick, 1000);
	document.addEventListener('visibilitychange', tick);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', tick);
	};
});

/** `Date.now()`, read again every second where it is read reactively. */
export function now(): number {
	subscribe();
	return Date.now();
}
