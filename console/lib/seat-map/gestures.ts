/** What a reader does to the map, whatever the device. Points are relative to the element. */
export interface GestureHandlers {
	pan: (dx: number, dy: number) => unknown;
	/** @returns whether anything moved; when not, the page may scroll instead */
	zoom: (point: Point, factor: number) => boolean;
	reset: () => void;
	/** The pointer rests over a point, or has left. */
	hover: (point: Point | null) => void;
	pick: (point: Point) => void;
	/** An arrow key, one of the two 1 or -1. @returns whether it was taken; when not, it pans */
	step: (dx: number, dy: number) => boolean;
	/** Enter, or space. */
	enter: () => void;
	/** Escape. @returns whether there was anything to leave */
	leave: () => boolean;
}

interface Point {
	x: number;
	y: number;
}

/** Farther than this a press is a drag, not a click. */
const CLICK_SLOP = 4;
const WHEEL_RATE = 0.0022;
const KEY_STEP = 60;
const KEY_ZOOM = 1.4;

/** Turns pointer, wheel and key events of `element` into gestures. @returns stops it */
export function attachGestures(element: HTMLElement, handlers: GestureHandlers): () => void {
	const pointers = new Map<number, Point>();
	let travelled = 0;

	const pointOf = ({ clientX, clientY }: MouseEvent): Point => {
		const { left, top } = element.getBoundingClientRect();
		return { x: clientX - left, y: clientY - top };
	};

	function down(event: PointerEvent) {
		if (event.button !== 0) return;
		element.setPointerCapture(event.pointerId);
		if (pointers.size === 0) travelled = 0;
		pointers.set(event.pointerId, pointOf(event));
	}

	function move(event: PointerEvent) {
		const point = pointOf(event);
		const before = pointers.get(event.pointerId);
		if (!before) {
			if (event.pointerType !== 'touch') handlers.hover(point);
			return;
		}
		pointers.set(event.pointerId, point);
		const [dx, dy] = [point.x - before.x, point.y - before.y];
		travelled += Math.hypot(dx, dy);
		if (travelled < CLICK_SLOP) return;
		handlers.hover(null);
		const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
		if (!other) {
			handlers.pan(dx, dy);
			return;
		}
		// Two fingers: what was between them stays between them.
		handlers.pan(dx / 2, dy / 2);
		const apart = Math.hypot(before.x - other.x, before.y - other.y);
		const middle = { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 };
		if (apart > 0) handlers.zoom(middle, Math.hypot(point.x - other.x, point.y - other.y) / apart);
	}

	function up(event: PointerEvent) {
		const wasDown = pointers.delete(event.pointerId);
		if (wasDown && event.type === 'pointerup' && travelled < CLICK_SLOP)
			handlers.pick(pointOf(event));
	}

	function wheel(event: WheelEvent) {
		const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 20 : event.deltaY;
		if (handlers.zoom(pointOf(event), Math.exp(-pixels * WHEEL_RATE))) event.preventDefault();
	}

	function keydown(event: KeyboardEvent) {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const { width, height } = element.getBoundingClientRect();
		const middle = { x: width / 2, y: height / 2 };
		const go = (dx: number, dy: number) => {
			if (!handlers.step(dx, dy)) handlers.pan(-dx * KEY_STEP, -dy * KEY_STEP);
		};
		const actions: Record<string, () => unknown> = {
			ArrowLeft: () => go(-1, 0),
			ArrowRight: () => go(1, 0),
			ArrowUp: () => go(0, -1),
			ArrowDown: () => go(0, 1),
			'+': () => handlers.zoom(middle, KEY_ZOOM),
			'=': () => handlers.zoom(middle, KEY_ZOOM),
			'-': () => handlers.zoom(middle, 1 / KEY_ZOOM),
			'0': () => handlers.reset(),
			Enter: () => handlers.enter(),
			' ': () => handlers.enter(),
			Escape: () => handlers.leave()
		};
		const action = actions[event.key];
		if (!action || action() === false) return;
		event.preventDefault();
	}

	const listening = new AbortController();
	const { signal } = listening;
	element.addEventListener('pointerdown', down, { signal });
	element.addEventListener('pointermove', move, { signal });
	element.addEventListener('pointerup', up, { signal });
	element.addEventListener('pointercancel', up, { signal });
	element.addEventListener('pointerleave', () => handlers.hover(null), { signal });
	element.addEventListener('wheel', wheel, { signal, passive: false });
	element.addEventListener('keydown', keydown, { signal });
	return () => listening.abort();
}
