import { fit, keepInSight, pan, toPlan, zoomAt } from './viewport.ts';
import type { Box, Size, Viewport } from './viewport.ts';

interface Point {
	x: number;
	y: number;
}

/** What one looks at more closely is shown this large at most, in CSS pixels a seat's radius. */
const CLOSE = 14;
/** Room about what one looks at, in CSS pixels. */
const ROOM = 48;

/** Where one looks at a plan from. Every move says whether anything moved. */
export class Camera {
	readonly #plan: Box;
	/** Of a seat, in plan units. */
	readonly #radius: number;
	#view: Size = { width: 0, height: 0 };
	#fitted: Viewport = { scale: 1, x: 0, y: 0 };
	#viewport: Viewport = { scale: 1, x: 0, y: 0 };

	constructor(plan: Box, radius: number) {
		this.#plan = plan;
		this.#radius = radius;
	}

	get view(): Size {
		return this.#view;
	}

	get viewport(): Viewport {
		return this.#viewport;
	}

	/** Whether less than the whole plan shows. */
	get zoomed(): boolean {
		return this.#viewport.scale > this.#fitted.scale;
	}

	/** Another size: what fitted still fits, and what was looked at stays in the middle. */
	resize(view: Size): void {
		const { zoomed } = this;
		const middle = toPlan(this.#viewport, { x: this.#view.width / 2, y: this.#view.height / 2 });
		this.#view = view;
		this.#fitted = fit(this.#plan, view);
		if (zoomed) this.#moveTo(this.#about(middle, this.#viewport.scale));
		else this.#viewport = this.#fitted;
	}

	fit(): boolean {
		return this.#moveTo(this.#fitted);
	}

	pan(dx: number, dy: number): boolean {
		return this.#moveTo(pan(this.#viewport, dx, dy));
	}

	/** Zooms about a point of the view, or its middle. */
	zoom(factor: number, point?: Point): boolean {
		const about = point ?? { x: this.#view.width / 2, y: this.#view.height / 2 };
		return this.#moveTo(zoomAt(this.#viewport, about, factor, this.#fitted));
	}

	/** Shows `box` as large as is sensible, in the middle. */
	show(box: Box): boolean {
		const { scale } = fit(box, this.#view, ROOM);
		const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
		return this.#moveTo(this.#about(middle, Math.min(scale, CLOSE / this.#radius)));
	}

	/** Moves just as far as `point` of the plan needs to be well in view. */
	follow(point: Point): boolean {
		const { scale, x, y } = this.#viewport;
		const aside = (at: number, size: number) =>
			Math.max(ROOM - at, 0) + Math.min(size - ROOM - at, 0);
		const { width, height } = this.#view;
		return this.pan(aside(point.x * scale + x, width), aside(point.y * scale + y, height));
	}

	#about({ x, y }: Point, scale: number): Viewport {
		const { width, height } = this.#view;
		return { scale, x: width / 2 - x * scale, y: height / 2 - y * scale };
	}

	#moveTo(wanted: Viewport): boolean {
		const next =
			wanted.scale <= this.#fitted.scale
				? this.#fitted
				: keepInSight(wanted, this.#plan, this.#view);
		const { scale, x, y } = this.#viewport;
		this.#viewport = next;
		return next.scale !== scale || next.x !== x || next.y !== y;
	}
}
