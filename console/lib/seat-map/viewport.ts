/** Where on the canvas the plan lies: canvas = plan × scale + offset, in CSS pixels. */
export interface Viewport {
	scale: number;
	x: number;
	y: number;
}

export interface Size {
	width: number;
	height: number;
}

export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** How far one may zoom in, relative to the fit. */
const MAX_ZOOM = 60;
/** Part of the view that panning always leaves the plan in. */
const KEEP = 0.15;

/** The viewport that shows all of `plan` in the middle of `view`. */
export function fit(plan: Box, view: Size, padding = 24): Viewport {
	const width = Math.max(plan.right - plan.left, 1);
	const height = Math.max(plan.bottom - plan.top, 1);
	const scale = Math.max(
		Math.min((view.width - 2 * padding) / width, (view.height - 2 * padding) / height),
		1e-6
	);
	return {
		scale,
		x: (view.width - width * scale) / 2 - plan.left * scale,
		y: (view.height - height * scale) / 2 - plan.top * scale
	};
}

/** Zooms by `factor` about a point of the canvas, which stays where it is. */
export function zoomAt(
	viewport: Viewport,
	point: { x: number; y: number },
	factor: number,
	fitted: Viewport
): Viewport {
	const scale = clamp(viewport.scale * factor, fitted.scale, fitted.scale * MAX_ZOOM);
	const ratio = scale / viewport.scale;
	return {
		scale,
		x: point.x - (point.x - viewport.x) * ratio,
		y: point.y - (point.y - viewport.y) * ratio
	};
}

export const pan = (viewport: Viewport, dx: number, dy: number): Viewport => ({
	...viewport,
	x: viewport.x + dx,
	y: viewport.y + dy
});

/** Keeps a part of the plan in sight. */
export function keepInSight(viewport: Viewport, plan: Box, view: Size): Viewport {
	const { scale } = viewport;
	const [marginX, marginY] = [view.width * KEEP, view.height * KEEP];
	return {
		scale,
		x: clamp(viewport.x, marginX - plan.right * scale, view.width - marginX - plan.left * scale),
		y: clamp(viewport.y, marginY - plan.bottom * scale, view.height - marginY - plan.top * scale)
	};
}

/** The part of the plan that `view` shows. */
export const visibleBox = ({ scale, x, y }: Viewport, view: Size): Box => ({
	left: -x / scale,
	top: -y / scale,
	right: (view.width - x) / scale,
	bottom: (view.height - y) / scale
});

export const toPlan = ({ scale, x, y }: Viewport, point: { x: number; y: number }) => ({
	x: (point.x - x) / scale,
	y: (point.y - y) / scale
});

const clamp = (value: number, low: number, high: number): number =>
	Math.min(Math.max(value, low), high);
