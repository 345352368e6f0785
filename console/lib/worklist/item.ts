import type { Kind } from '../operations/kinds.ts';
import type { Money } from '../overview/overview.ts';
import type { WorkKind } from './kinds.ts';

/** What something is about. */
export interface Subject {
	type: 'seat' | 'order' | 'invocation' | 'deployment';
	id: string;
}

/** One fact that a finding stands on. */
export interface Evidence {
	label: string;
	text: string;
	/** A time that belongs to it, ms since the epoch. */
	at?: number | null;
	link?: Subject;
}

/** What an operator can do about it: a change, as its dialog asks for it. */
export interface Proposal {
	kind: Kind;
	/** The seat, the order or the invocation that it is done to. */
	target: string;
	/** Of a resume: on the latest code. */
	latest?: boolean;
	/** As on a button: `Resume the checkout`. */
	label: string;
}

/** What a rule found. */
export interface Finding {
	kind: WorkKind;
	/** With the kind it is the item's identity: the same in every reading. */
	about: Subject;
	/** One or two sentences: what is wrong, and what follows from it. Names no buyer. */
	why: string;
	evidence: Evidence[];
	/** Since when it is so, as far as is known; ms since the epoch. */
	since: number;
	/** Seat keys. */
	seats: string[];
	orders: string[];
	invocations: string[];
	/** Buyers; the name of the field is what has them masked for who may not see them. */
	buyer: string[];
	/** How many buyers it touches; more than are named where there are many. */
	affected: number;
	money: Money | null;
	/** The best first. */
	proposals: Proposal[];
	/**
	 * What it stands on, without what merely grows (ages, counters): when this changes, it is not
	 * what somebody has called resolved.
	 */
	fingerprint: string;
	/** Why it may be out of date; null when all was read now. */
	caveat: string | null;
}

/** One line of the worklist: all that was found about one subject, the worst of it first. */
export interface WorkItem extends Finding {
	/** `<kind>:<type>:<id>`. */
	id: string;
	/** The other findings about the same subject. */
	also: Finding[];
	events: string[];
}

export const printSubject = ({ type, id }: Subject): string => `${type}:${id}`;

export const itemId = ({ kind, about }: Pick<Finding, 'kind' | 'about'>): string =>
	`${kind}:${printSubject(about)}`;
