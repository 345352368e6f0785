import type { VenueArea } from '../venue.ts';
import type { Findings } from './findings.ts';
import type { PlanArea, PlanPosition } from './schema.ts';

/** What a plan that names no colour, or not a CSS one, is drawn with. */
export const PLAIN_COLOR = '#8a8f98';

const CSS_COLOR = /^(#[0-9a-f]{3,8}|[a-z]+|(rgb|hsl)a?\([\d\s.,%/]+\))$/i;

/** The plan's colour when it is a CSS one; anything else never reaches a style sheet. */
export function readColor(
	color: string | undefined,
	fallback: string,
	path: string,
	warnings: Findings
): string {
	if (color === undefined || color === '') return fallback;
	if (CSS_COLOR.test(color)) return color;
	warnings.add(
		'colours that are not CSS colours',
		`${path}: ${JSON.stringify(color)} is not a CSS colour such as "#3366cc"; drawn in ${fallback}`
	);
	return fallback;
}

/**
 * A plan's area at absolute positions: its own, its polygon's points and its text's are all moved
 * by the zone's origin, before `rotation` turns the whole about (x, y).
 */
export function readArea(
	area: PlanArea,
	origin: PlanPosition,
	path: string,
	warnings: Findings
): VenueArea | undefined {
	const x = origin.x + (area.position?.x ?? 0);
	const y = origin.y + (area.position?.y ?? 0);
	const base = {
		x,
		y,
		rotation: area.rotation ?? 0,
		color: readColor(area.color, 'transparent', `${path}.color`, warnings),
		borderColor: readColor(area.border_color, 'transparent', `${path}.border_color`, warnings),
		...(area.text && {
			text: {
				value: area.text.text,
				x: x + area.text.position.x,
				y: y + area.text.position.y,
				size: area.text.size ?? 16,
				color: readColor(area.text.color, PLAIN_COLOR, `${path}.text.color`, warnings)
			}
		})
	};

	const shape = area.shape ?? 'text';
	switch (shape) {
		case 'polygon':
			if (area.polygon) {
				const points = area.polygon.points.map((p) => ({ x: x + p.x, y: y + p.y }));
				return { ...base, shape, points };
			}
			break;
		case 'rectangle':
			if (area.rectangle) return { ...base, shape, ...area.rectangle };
			break;
		case 'ellipse':
			if (area.ellipse) {
				return { ...base, shape, rx: area.ellipse.radius.x, ry: area.ellipse.radius.y };
			}
			break;
		case 'circle':
			if (area.circle) return { ...base, shape, radius: area.circle.radius };
			break;
		case 'text':
			if (area.text) return { ...base, shape };
			break;
	}
	warnings.add(
		'areas without their shape',
		`${path} has the shape ${shape} but no "${shape}" to draw: left out`
	);
	return undefined;
}
