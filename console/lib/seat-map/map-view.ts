import { Camera } from './camera.ts';
import { attachGestures } from './gestures.ts';
import { DIM } from './glyphs.ts';
import { placeSeat, seatUnder } from './map-seat.ts';
import type { MapSeat } from './map-seat.ts';
import { paintAreas } from './paint-areas.ts';
import { paintMarks } from './paint-marks.ts';
import { readPalette, watchTheme } from './palette.ts';
import type { Palette } from './palette.ts';
import { paintPings } from './pings.ts';
import type { Ping } from './pings.ts';
import { SeatCursor } from './seat-cursor.ts';
import { SeatLayer } from './seat-layer.ts';
import { MEASURES, timed } from './timing.ts';
import type { VenueModel } from './venue-model.ts';
import { toPlan } from './viewport.ts';
import type { Box } from './viewport.ts';

/** What leads the eye to a seat. */
export interface MapMarks {
	stuck: ReadonlySet<number>;
	found: number | null;
}

export interface MapViewOptions {
	model: VenueModel;
	/** By seat index; a plain array that changes in place, each time told by `show`. */
	signs: Uint8Array;
	/** The seat under the pointer, or else the one that the keyboard is at. */
	onPoint: (seat: MapSeat | null, by: 'pointer' | 'keyboard') => void;
	onPick: (seat: number) => void;
	onZoom: (zoomed: boolean) => void;
}

/** More changes than this at once are a reload, not something to point at. */
const MAX_PINGS = 150;
/** Of the seats: when more changed, all are drawn. */
const MANY = 0.2;

/**
 * The seat map on the four canvases of its surface: the plan's shapes, the seats, their names and
 * marks, and moving signs. Each is drawn at most once a frame, and only when something on it
 * changed.
 */
export class MapView {
	readonly #surface: HTMLElement;
	readonly #canvases: HTMLCanvasElement[];
	readonly #contexts: CanvasRenderingContext2D[];
	readonly #seats: SeatLayer;
	readonly #camera: Camera;
	readonly #cursor: SeatCursor;
	readonly #options: MapViewOptions;
	readonly #stops: (() => void)[];
	/** What each seat was last told to look like. */
	readonly #looks: Uint8Array;
	/** Whether everything is to be drawn, and else which seats. */
	#all = true;
	#changed: number[] = [];
	#marksDirty = true;
	#marks: MapMarks = { stuck: new Set(), found: null };
	#ratio = 1;
	#palette: Palette;
	#pings: Ping[] = [];
	#frame = 0;
	#painted = false;

	constructor(surface: HTMLElement, options: MapViewOptions) {
		const canvases = [...surface.querySelectorAll('canvas')];
		const [areas, seats, marks, pings] = canvases;
		if (!areas || !seats || !marks || !pings) throw new Error('A seat map needs four canvases');
		const { bounds, grid } = options.model;
		this.#surface = surface;
		this.#canvases = canvases;
		this.#seats = new SeatLayer(seats, grid);
		this.#contexts = [areas, marks, pings].map((canvas) => {
			const context = canvas.getContext('2d');
			if (!context) throw new Error('The browser gives no canvas to draw on');
			return context;
		});
		this.#camera = new Camera(bounds, grid.radius);
		this.#cursor = new SeatCursor(grid, (seat) => this.#cursorMoved(seat));
		this.#options = options;
		this.#looks = new Uint8Array(options.model.seats.length);
		this.#palette = readPalette(surface);
		const resize = new ResizeObserver(() => this.#resize());
		resize.observe(surface);
		this.#stops = [
			() => resize.disconnect(),
			watchTheme(() => this.#retheme()),
			attachGestures(surface, {
				pan: (dx, dy) => this.#moved(this.#camera.pan(dx, dy)),
				zoom: (point, factor) => this.#moved(this.#camera.zoom(factor, point)),
				reset: () => this.fit(),
				hover: (point) => this.#options.onPoint(point && this.#seatAt(point), 'pointer'),
				pick: (point) => {
					const found = this.#seatAt(point);
					if (found) this.#options.onPick(found.seat);
				},
				step: (dx, dy) => this.#cursor.step(dx, dy),
				enter: () => this.#enter(),
				leave: () => this.#cursor.leave()
			})
		];
		this.#resize();
		// A label drawn before the font came would keep the fallback's shapes.
		void document.fonts.ready.then(() => this.#redraw({ all: true }));
	}

	/** Shows the whole plan. */
	fit(): void {
		this.#moved(this.#camera.fit());
	}

	/** Zooms about the middle of the view. */
	zoomBy(factor: number): void {
		this.#moved(this.#camera.zoom(factor));
	}

	/** Shows a part of the plan from close by. */
	focus(box: Box): void {
		this.#moved(this.#camera.show(box));
	}

	/** Draws the seats whose sign changed, or that a filter leaves out now or no longer. */
	show(dimmed: Uint8Array | null): void {
		const { signs } = this.#options;
		const looks = this.#looks;
		timed(MEASURES.diff, looks.length, () => {
			for (let seat = 0; seat < looks.length; seat++) {
				const look = (signs[seat] ?? 0) | (dimmed?.[seat] === 1 ? DIM : 0);
				if (looks[seat] === look) continue;
				looks[seat] = look;
				if (!this.#all) this.#changed.push(seat);
			}
		});
		if (this.#changed.length > looks.length * MANY) this.#redraw({ all: true });
		else if (this.#changed.length > 0) this.#redraw({});
	}

	mark(marks: MapMarks): void {
		this.#marks = marks;
		this.#redraw({});
	}

	/** Points at seats that became another status just now. */
	ping(seats: readonly number[]): void {
		if (seats.length > MAX_PINGS || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
		const startedAt = performance.now();
		this.#pings.push(...seats.map((seat) => ({ seat, startedAt })));
		this.#redraw({});
	}

	destroy(): void {
		cancelAnimationFrame(this.#frame);
		for (const stop of this.#stops) stop();
	}

	#seatAt(point: { x: number; y: number }): MapSeat | null {
		return seatUnder(this.#options.model.grid, this.#camera.viewport, point);
	}

	/** Puts the keyboard at the marked seat or one in the middle, or opens the one it is at. */
	#enter(): void {
		const { seat } = this.#cursor;
		if (seat !== null) {
			this.#options.onPick(seat);
			return;
		}
		const { view, viewport } = this.#camera;
		this.#cursor.begin(
			this.#marks.found,
			toPlan(viewport, { x: view.width / 2, y: view.height / 2 })
		);
	}

	#cursorMoved(seat: number | null): void {
		const { grid } = this.#options.model;
		if (seat !== null) {
			const [x, y] = [grid.positions[2 * seat] ?? 0, grid.positions[2 * seat + 1] ?? 0];
			this.#moved(this.#camera.follow({ x, y }));
		}
		this.#options.onPoint(
			seat === null ? null : placeSeat(grid, this.#camera.viewport, seat),
			'keyboard'
		);
		this.#redraw({});
	}

	#moved(didMove: boolean): boolean {
		if (!didMove) return false;
		this.#options.onZoom(this.#camera.zoomed);
		this.#options.onPoint(null, 'pointer');
		this.#redraw({ all: true });
		return true;
	}

	#resize(): void {
		const { clientWidth: width, clientHeight: height } = this.#surface;
		const { view } = this.#camera;
		if (width === 0 || height === 0) return;
		if (width === view.width && height === view.height && devicePixelRatio === this.#ratio) return;
		this.#ratio = devicePixelRatio;
		for (const canvas of this.#canvases) {
			canvas.width = Math.round(width * this.#ratio);
			canvas.height = Math.round(height * this.#ratio);
		}
		this.#camera.resize({ width, height });
		// A canvas is blank once it has another size: draw in the same frame.
		this.#all = true;
		if (this.#painted) this.#draw();
		else this.#redraw({ all: true });
	}

	#retheme(): void {
		this.#palette = readPalette(this.#surface);
		this.#seats.forget();
		this.#redraw({ all: true });
	}

	#redraw({ all = false }: { all?: boolean }): void {
		this.#all ||= all;
		this.#marksDirty = true;
		this.#frame ||= requestAnimationFrame(() => this.#draw());
	}

	#draw(): void {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		if (this.#camera.view.width === 0) return;
		if (this.#all) {
			const name = this.#painted ? MEASURES.frame : MEASURES.firstPaint;
			timed(name, this.#looks.length, () => this.#paintAll());
			this.#painted = true;
		} else if (this.#marksDirty)
			timed(MEASURES.delta, this.#changed.length, () => this.#paintChanged());
		this.#all = false;
		this.#marksDirty = false;
		this.#changed = [];
		this.#paintPings();
	}

	#paintAll(): void {
		const { model } = this.#options;
		const { viewport, view } = this.#camera;
		const context = this.#begin(0);
		context.clearRect(0, 0, view.width, view.height);
		paintAreas(context, model, viewport, this.#palette);
		this.#seats.drawAll(this.#looks, { viewport, ratio: this.#ratio }, this.#palette);
		this.#paintMarks();
	}

	#paintChanged(): void {
		const placing = { viewport: this.#camera.viewport, ratio: this.#ratio };
		if (this.#changed.length > 0)
			this.#seats.drawSome(this.#looks, placing, this.#palette, this.#changed);
		this.#paintMarks();
	}

	#paintMarks(): void {
		const { model, signs } = this.#options;
		const { viewport, view } = this.#camera;
		paintMarks(this.#begin(1), {
			...this.#marks,
			model,
			signs,
			viewport,
			view,
			palette: this.#palette,
			cursor: this.#cursor.seat
		});
	}

	#paintPings(): void {
		const { width, height } = this.#camera.view;
		const context = this.#begin(2);
		context.clearRect(0, 0, width, height);
		this.#pings = paintPings(context, this.#pings, {
			grid: this.#options.model.grid,
			signs: this.#options.signs,
			viewport: this.#camera.viewport,
			palette: this.#palette,
			now: performance.now()
		});
		if (this.#pings.length > 0) this.#frame ||= requestAnimationFrame(() => this.#draw());
	}

	/** The context of the plan (0), the marks (1) or the moving signs (2), in CSS pixels. */
	#begin(layer: 0 | 1 | 2): CanvasRenderingContext2D {
		const context = this.#contexts[layer];
		if (!context) throw new Error(`The seat map has no layer ${layer}`);
		context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
		return context;
	}
}
