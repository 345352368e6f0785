import { makeStamps } from './glyphs.ts';
import type { Palette } from './palette.ts';
import { stampAll, stampSome } from './raster.ts';
import type { Placing, Stamps } from './raster.ts';
import type { SeatGrid } from './seat-grid.ts';

/** The canvas of the seats: pixels that we set ourselves, and hand over where they changed. */
export class SeatLayer {
	readonly #canvas: HTMLCanvasElement;
	readonly #context: CanvasRenderingContext2D;
	readonly #grid: SeatGrid;
	#image: ImageData;
	#pixels = new Uint32Array(0);
	#stamps: Stamps | undefined;
	#radius = 0;

	constructor(canvas: HTMLCanvasElement, grid: SeatGrid) {
		// Kept in memory rather than on a GPU, which small changes would have to be sent to one by one.
		const context = canvas.getContext('2d', { willReadFrequently: true });
		if (!context) throw new Error('The browser gives no canvas to draw seats on');
		this.#canvas = canvas;
		this.#context = context;
		this.#grid = grid;
		this.#image = context.createImageData(1, 1);
	}

	/** The stamps are of another colour from now on. */
	forget(): void {
		this.#stamps = undefined;
	}

	/** Draws every seat in view. */
	drawAll(looks: Uint8Array, placing: Placing, palette: Palette): void {
		const { width, height } = this.#canvas;
		if (this.#image.width !== width || this.#image.height !== height) {
			this.#image = this.#context.createImageData(width, height);
			this.#pixels = new Uint32Array(this.#image.data.buffer);
		}
		const stamps = this.#stampsFor(placing, palette);
		stampAll({ width, height, pixels: this.#pixels }, stamps, this.#grid, looks, placing);
		this.#context.putImageData(this.#image, 0, 0);
	}

	/** Draws `seats` again, over what they were. */
	drawSome(looks: Uint8Array, placing: Placing, palette: Palette, seats: readonly number[]): void {
		const { width, height } = this.#image;
		const raster = { width, height, pixels: this.#pixels };
		const stamps = this.#stampsFor(placing, palette);
		const box = stampSome(raster, stamps, this.#grid, looks, placing, seats);
		if (!box) return;
		const { left, top, right, bottom } = box;
		this.#context.putImageData(this.#image, 0, 0, left, top, right - left, bottom - top);
	}

	#stampsFor({ viewport, ratio }: Placing, palette: Palette): Stamps {
		const radius = this.#grid.radius * viewport.scale * ratio;
		if (this.#stamps && radius === this.#radius) return this.#stamps;
		this.#radius = radius;
		return (this.#stamps = makeStamps(radius, palette));
	}
}
