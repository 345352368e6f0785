import { Signal } from '../signal.ts';
import type { Replay } from './replay.svelte.ts';
import { advance } from './playback.ts';
import type { Speed } from './playback.ts';

/** Which moment the page shows: the present, or one of the past, standing still or playing on. */
export class TimeTravel {
	readonly replay: Replay;
	#moment: number | null = $state(null);
	#speed: Speed | null = $state(null);
	/** What the page's address says. */
	#told: number | null = null;
	readonly #settled = new Signal<[moment: number | null]>();
	#frame = 0;

	constructor(replay: Replay) {
		this.replay = replay;
	}

	/** Reactive; null while the page shows the present. */
	get moment(): number | null {
		return this.#moment;
	}

	/** Reactive; null while it does not play. */
	get speed(): Speed | null {
		return this.#speed;
	}

	/** Tells of each moment that the reader stays at, for the page's address. @returns stops it */
	onSettled(listener: (moment: number | null) => void): () => void {
		return this.#settled.subscribe(listener);
	}

	/** Goes where the page's address says. */
	follow(moment: number | null): void {
		if (moment === this.#told) return;
		this.#told = moment;
		this.#stop();
		this.#show(moment);
	}

	/** Shows a moment while the reader is still looking for one. */
	go(moment: number): void {
		this.#stop();
		this.#show(advance(moment, 0, Date.now()));
	}

	/** Stays where it is. */
	settle(): void {
		this.#told = this.#moment;
		this.#settled.emit(this.#moment);
	}

	goTo(moment: number | null): void {
		this.#stop();
		this.#show(moment);
		this.settle();
	}

	/** Lets time pass from the moment shown, until it reaches the present. */
	play(speed: Speed): void {
		if (this.#moment === null) return;
		this.#stop();
		this.#speed = speed;
		let last = performance.now();
		const step = (time: number) => {
			const next = advance(this.#moment ?? 0, (time - last) * speed, Date.now());
			last = time;
			this.#show(next);
			if (next === null) this.pause();
			else this.#frame = requestAnimationFrame(step);
		};
		this.#frame = requestAnimationFrame(step);
	}

	pause(): void {
		this.#stop();
		this.settle();
	}

	/** Lets go of what runs. */
	stop(): void {
		this.#stop();
		this.replay.leave();
	}

	#stop(): void {
		cancelAnimationFrame(this.#frame);
		this.#speed = null;
	}

	#show(moment: number | null): void {
		this.#moment = moment;
		if (moment === null) this.replay.leave();
		else void this.replay.show(moment);
	}
}
