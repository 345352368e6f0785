import { Presets, SingleBar } from 'cli-progress';
import type { Tally } from './tally.ts';

/** How often the sale's progress is shown: drawn on a terminal, printed elsewhere. */
const DRAW_MS = 100;
const PRINT_MS = 2_000;

/** Shows how far a sale is, on stderr so that stdout keeps the outcome alone; returns its end. */
export function showProgress(tally: Tally, buyers: number): () => void {
	return process.stderr.isTTY ? drawBar(tally, buyers) : printLines(tally, buyers);
}

function drawBar(tally: Tally, buyers: number): () => void {
	const format = '{bar} {value}/{total} buyers  {seats} seats sold, {conflicts} conflicts';
	const bar = new SingleBar({ format, gracefulExit: false, fps: 10 }, Presets.shades_classic);
	const payload = () => ({ seats: tally.seatsSold, conflicts: tally.conflicts });
	bar.start(buyers, 0, payload());
	const timer = setInterval(() => bar.update(tally.done, payload()), DRAW_MS);
	return () => {
		clearInterval(timer);
		bar.update(tally.done, payload());
		bar.stop();
	};
}

function printLines(tally: Tally, buyers: number): () => void {
	const print = () =>
		console.error(`${tally.done}/${buyers} buyers, ${tally.seatsSold} seats sold`);
	const timer = setInterval(print, PRINT_MS);
	return () => clearInterval(timer);
}
