import type { SeatingPlan } from '../../shared/seating-plan.ts';
import type { Point } from './geometry.ts';

export type PlanArea = NonNullable<SeatingPlan['zones'][number]['areas']>[number];

/** A section before it becomes a zone of the plan; `id` is the first part of its seats' GUIDs. */
export interface Block {
	id: string;
	name: string;
	rows: BlockRow[];
}

export interface BlockRow {
	category: string;
	seats: Point[];
}

/** A venue around the origin, in plan units; the plan's canvas is laid round it later. */
export interface Layout {
	name: string;
	categories: { name: string; color: string; price: number }[];
	areas: PlanArea[];
	blocks: Block[];
}

/** Calm colours that stay apart from one another for colour-blind eyes too. */
export const COLORS = {
	ochre: '#c08a3e',
	blue: '#4f7cac',
	teal: '#4a9d8e',
	plum: '#8a6aa3',
	rose: '#b5656f'
} as const;

const GROUND = 'rgba(128, 136, 150, 0.14)';
const GROUND_BORDER = 'rgba(128, 136, 150, 0.4)';
const LABEL = '#7d8694';

/** The floor that seats stand on. */
export const ground = (points: Point[]): PlanArea => ({
	shape: 'polygon',
	position: { x: 0, y: 0 },
	color: GROUND,
	border_color: GROUND_BORDER,
	polygon: { points: points.map(rounded) }
});

/** Something solid with its name on it: a stage, a mixing desk. */
export const solid = (points: Point[], text: string, at: Point, size: number): PlanArea => ({
	shape: 'polygon',
	position: { x: 0, y: 0 },
	color: '#3b4454',
	border_color: '#5b6577',
	polygon: { points: points.map(rounded) },
	text: { text, position: rounded(at), color: '#e6e9ef', size }
});

/** A name written on the plan. */
export const label = (text: string, at: Point, size: number): PlanArea => ({
	shape: 'text',
	position: rounded(at),
	text: { text, position: { x: 0, y: 0 }, color: LABEL, size }
});

export const rectangle = (x: number, y: number, width: number, height: number): Point[] => [
	{ x, y },
	{ x: x + width, y },
	{ x: x + width, y: y + height },
	{ x, y: y + height }
];

/** Tenths of a unit are finer than any screen, and keep the file small. */
export const rounded = ({ x, y }: Point): Point => ({ x: tenth(x), y: tenth(y) });

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
