import { attachGestures } from './gestures.ts';
import { drawGlyphs } from './glyphs.ts';
import type { Glyphs } from './glyphs.ts';
import { paint } from './paint.ts';
import { readPalette, watchTheme } from './palette.ts';
import type { Palette } from './palette.ts';
import { paintPings } from './pings.ts';
import type { Ping } from './pings.ts';
import { seatAt } from './seat-grid.ts';
import type { VenueModel } from './venue-model.ts';
import { fit, keepInSight, pan, toPlan, zoomAt } from './viewport.ts';
import type { Size, Viewport } from './viewport.ts';

/** A seat and where it is on the map, in CSS pixels. */
export interface MapSeat {
	seat: number;
	x: number;
	y: number;
	radius: number;
}

export interface MapViewOptions {
	/** The seats' picture: plain arrays that the owner changes in place and then tells of. */
	codes: Uint8Array;
	model: VenueModel;
	onHover: (seat: MapSeat | null) => void;
	onPick: (seat: number) => void;
	/** Whether the map shows more than the fitted view. */
	onZoom: (zoomed: boolean) => void;
}

/** A pointer this close to a small seat still means it, in CSS pixels. */
const REACH = 7;
/** More changes than this at once are a reload, not something to point at. */
const MAX_PINGS = 150;

/**
 * The seat map on the two canvases of its surface: seats below, moving signs above. Everything is drawn from
 * typed arrays, at most once a frame, and only when something changed.
 */
export class MapView {
	readonly #surface: HTMLElement;
	readonly #base: HTMLCanvasElement;
	readonly #overlay: HTMLCanvasElement;
	readonly #options: MapViewOptions;
	readonly #stops: (() => void)[];
	#view: Size = { width: 0, height: 0 };
	#ratio = 1;
	#fitted: Viewport = { scale: 1, x: 0, y: 0 };
	#viewport: Viewport = { scale: 1, x: 0, y: 0 };
	#palette: Palette;
	#glyphs: Glyphs = [];
	#glyphRadius = 0;
	#highlight: number | null = null;
	#pings: Ping[] = [];
	#frame = 0;
	#dirty = false;

	constructor(surface: HTMLElement, options: MapViewOptions) {
		const [base, overlay] = surface.querySelectorAll('canvas');
		if (!base || !overlay) throw new Error('A seat map needs two canvases');
		this.#surface = surface;
		this.#base = base;
		this.#overlay = overlay;
		this.#options = options;
		this.#palette = readPalette(surface);
		const resize = new ResizeObserver(() => this.#resize());
		resize.observe(base);
		this.#stops = [
			() => resize.disconnect(),
			watchTheme(() => this.#retheme()),
			attachGestures(surface, {
				pan: (dx, dy) => this.#moveTo(pan(this.#viewport, dx, dy)),
				zoom: (point, factor) => this.#zoom(point, factor),
				reset: () => this.fit(),
				hover: (point) => this.#options.onHover(point && this.#seatAt(point)),
				pick: (point) => {
					const found = this.#seatAt(point);
					if (found) this.#options.onPick(found.seat);
				}
			})
		];
		// A label drawn before the font came would keep the fallback's shapes.
		void document.fonts.ready.then(() => this.#redraw());
	}

	/** Shows the whole plan. */
	fit(): void {
		this.#moveTo(this.#fitted);
	}

	/** Zooms about the middle of the view. */
	zoomBy(factor: number): void {
		this.#zoom({ x: this.#view.width / 2, y: this.#view.height / 2 }, factor);
	}

	/** Lets one status stand out, or none. */
	highlight(code: number | null): void {
		this.#highlight = code;
		this.#redraw();
	}

	/** Draws what changed in the codes, and points at the seats that moved. */
	update(moved: readonly number[]): void {
		this.#redraw();
		if (moved.length > MAX_PINGS || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
		const startedAt = performance.now();
		this.#pings.push(...moved.map((seat) => ({ seat, startedAt })));
	}

	destroy(): void {
		cancelAnimationFrame(this.#frame);
		for (const stop of this.#stops) stop();
	}

	#seatAt(point: { x: number; y: number }): MapSeat | null {
		const { grid } = this.#options.model;
		const { scale, x, y } = this.#viewport;
		const at = toPlan(this.#viewport, point);
		const seat = seatAt(grid, at.x, at.y, Math.max(grid.radius * 1.2, REACH / scale));
		if (seat < 0) return null;
		return {
			seat,
			x: (grid.positions[2 * seat] ?? 0) * scale + x,
			y: (grid.positions[2 * seat + 1] ?? 0) * scale + y,
			radius: grid.radius * scale
		};
	}

	#zoom(point: { x: number; y: number }, factor: number): boolean {
		return this.#moveTo(zoomAt(this.#viewport, point, factor, this.#fitted));
	}

	#moveTo(viewport: Viewport): boolean {
		const { bounds } = this.#options.model;
		const atFit = viewport.scale <= this.#fitted.scale;
		const next = atFit ? this.#fitted : keepInSight(viewport, bounds, this.#view);
		const { scale, x, y } = this.#viewport;
		if (next.scale === scale && next.x === x && next.y === y) return false;
		this.#viewport = next;
		this.#options.onZoom(!atFit);
		this.#options.onHover(null);
		this.#redraw();
		return true;
	}

	#resize(): void {
		const { clientWidth: width, clientHeight: height } = this.#base;
		if (width === 0 || height === 0) return;
		this.#ratio = devicePixelRatio;
		for (const canvas of [this.#base, this.#overlay]) {
			canvas.width = Math.round(width * this.#ratio);
			canvas.height = Math.round(height * this.#ratio);
		}
		const wasFitted = this.#viewport.scale <= this.#fitted.scale || this.#view.width === 0;
		this.#view = { width, height };
		const { bounds } = this.#options.model;
		this.#fitted = fit(bounds, this.#view);
		this.#viewport = wasFitted ? this.#fitted : keepInSight(this.#viewport, bounds, this.#view);
		// A canvas is blank once it has another size: draw in the same frame.
		this.#dirty = true;
		this.#draw();
	}

	#retheme(): void {
		this.#palette = readPalette(this.#surface);
		this.#glyphRadius = 0;
		this.#redraw();
	}

	#redraw(): void {
		this.#dirty = true;
		this.#frame ||= requestAnimationFrame(() => this.#draw());
	}

	#draw(): void {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		if (this.#view.width === 0) return;
		if (this.#dirty) this.#paintBase();
		this.#dirty = false;
		this.#paintOverlay();
	}

	#paintBase(): void {
		const context = this.#base.getContext('2d');
		if (!context) return;
		const { model, codes } = this.#options;
		const radius = model.grid.radius * this.#viewport.scale * this.#ratio;
		if (radius !== this.#glyphRadius) {
			this.#glyphs = drawGlyphs(radius, this.#palette);
			this.#glyphRadius = radius;
		}
		paint(context, {
			model,
			codes,
			viewport: this.#viewport,
			view: this.#view,
			ratio: this.#ratio,
			palette: this.#palette,
			glyphs: this.#glyphs,
			highlight: this.#highlight
		});
	}

	#paintOverlay(): void {
		const context = this.#overlay.getContext('2d');
		if (!context) return;
		context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
		context.clearRect(0, 0, this.#view.width, this.#view.height);
		const { model, codes } = this.#options;
		this.#pings = paintPings(context, this.#pings, {
			grid: model.grid,
			codes,
			viewport: this.#viewport,
			palette: this.#palette,
			now: performance.now()
		});
		if (this.#pings.length > 0) this.#frame ||= requestAnimationFrame(() => this.#draw());
	}
}
