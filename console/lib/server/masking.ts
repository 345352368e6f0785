/**
 * Takes what tells of a buyer out of whatever the console reads, for a reader without the right to
 * payloads: who they are, their address, their payment method, and what a journal carries. It goes
 * by name where there is one, by form everywhere, and by whom it has met: a name that a value holds
 * is taken out of its sentences as well. A mask is the same for the same person, so that a case can
 * be followed, and says nothing to who lacks the key of the tag.
 */

/** A short sign of a text that only the holder of a key can make. */
export type Tag = (text: string) => string;

/** What a mask looks like: the first letter, and the tag of the whole. */
export const MASK_SIGN = '•••';

/** Fields that hold a person, in any of the spellings of a journal, a table and an API. */
const PERSON =
	/^(user|user_?id|buyer|holder|reserved_?by|affected|customer|e-?mail|email_?to|receipt_?email)$/i;
/** A caller's own choice, which may well be made of the buyer's name. */
const CALLERS_KEY = /^idempotency_?key$/i;
const METHOD = /^(payment_?method|card|wallet)$/i;
/** IDs of the system's own making. */
const OWN_ID = /^((inv|ord|chg|pi|re|dp|req)_[\w./:-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** Fields of a journal's payloads whose plain words tell of the sale and not of the buyer. */
const PLAIN =
	/^(v|status|state|kind|type|event|event_?id|seats?|ticket_?ids?|seat_?key|order_?id|hold_?id|checkout_?id|invocation_?ids?|current_?order_?id|currency|outcome|action|role|service|handler|revision|code|from|to)$/i;
const PLAIN_TEXT = /^[\w.:/+-]+$/;
/** Fields of a journal entry whose numbers are the bytes of a payload. */
const BYTES = /^(payload|parameter|value|Success)$/;
/** Headers that every call has. */
const PLAIN_HEADER =
	/^(accept|accept-encoding|content-length|content-type|host|traceparent|tracestate|user-agent|x-request-id)$/i;

const ADDRESS = /[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+/g;
const METHOD_FORM = /\bpm_\w+/g;
const SESSION = /(\bUserSession\/)([^/\s"]+)/g;

/** Names of this length and more are looked for in sentences: a shorter one is in every second word. */
const SHORTEST_NAME = 3;
/** So many people one reading tells of; the rows of a longer list each have their own. */
const MOST_NAMES = 2000;
const LONG_LIST = 20;

type Fields = Record<string, unknown>;

/** Masks any JSON value. One masker serves one request: it knows those whom the request met. */
export class Masker {
	readonly #tag: Tag;
	readonly #known = new Set<string>();

	constructor(tag: Tag) {
		this.#tag = tag;
	}

	/** A value of the same form without personal data. */
	mask<T>(value: T): T {
		this.meet(value);
		return this.#walk(value, '', this.#known) as T;
	}

	/** Learns of whom a value names, as they may be named in the sentences of others. */
	meet(value: unknown): void {
		meetIn(value, this.#known);
	}

	#walk(value: unknown, name: string, names: ReadonlySet<string>): unknown {
		if (typeof value === 'string') return this.#field(value, name, names);
		if (Array.isArray(value)) return this.#list(value, name, names);
		if (!isFields(value)) return value;
		const personal = personalFields(value);
		return Object.fromEntries(
			Object.entries(value).map(([key, child]) => [
				key,
				typeof child === 'string' && personal.has(key)
					? this.#sign(child)
					: this.#walk(child, key, names)
			])
		);
	}

	#list(list: readonly unknown[], name: string, names: ReadonlySet<string>): unknown[] {
		if (BYTES.test(name) && isBytes(list)) return this.#bytes(list);
		if (name === 'headers') return list.map((header) => this.#header(header));
		if (list.length <= LONG_LIST) return list.map((item) => this.#walk(item, name, names));
		return list.map((item) => {
			const own = new Set(names);
			meetIn(item, own);
			return this.#walk(item, name, own);
		});
	}

	#field(text: string, name: string, names: ReadonlySet<string>): string {
		if (text === '') return text;
		if (PERSON.test(name) || METHOD.test(name)) return this.#sign(text);
		if (CALLERS_KEY.test(name)) return OWN_ID.test(text) ? text : this.#sign(text);
		// Nobody hides a status by going by its name.
		if (PLAIN.test(name) && PLAIN_TEXT.test(text)) return text;
		const json = parseJson(text);
		return json === undefined
			? this.#sentence(text, names)
			: JSON.stringify(this.#walk(json, name, names));
	}

	#sentence(text: string, names: ReadonlySet<string>): string {
		const formed = text
			.replace(ADDRESS, (address) => this.#sign(address))
			.replace(METHOD_FORM, (method) => this.#sign(method))
			.replace(SESSION, (_, path: string, user: string) => path + this.#sign(user));
		const met = [...names].filter((name) => formed.includes(name));
		return met.length === 0 ? formed : formed.replace(wordsOf(met), (name) => this.#sign(name));
	}

	/** A journal's payload: all its words but those known to be plain. */
	#bytes(bytes: readonly number[]): unknown[] {
		const text = new TextDecoder().decode(Uint8Array.from(bytes));
		const json = parseJson(text, true);
		const masked = json === undefined ? this.#sign(text) : JSON.stringify(this.#payload(json, ''));
		return [...new TextEncoder().encode(masked)];
	}

	#payload(value: unknown, name: string): unknown {
		if (typeof value === 'string') {
			const personal = PERSON.test(name) || METHOD.test(name);
			const plain = OWN_ID.test(value) || (PLAIN.test(name) && PLAIN_TEXT.test(value));
			return value === '' || (plain && !personal) ? value : this.#sign(value);
		}
		if (Array.isArray(value)) return value.map((item) => this.#payload(item, name));
		if (!isFields(value)) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, child]) => [key, this.#payload(child, key)])
		);
	}

	#header(header: unknown): unknown {
		if (!isFields(header) || typeof header['value'] !== 'string') return header;
		const plain = PLAIN_HEADER.test(String(header['name']));
		return plain ? header : { ...header, value: this.#sign(header['value']) };
	}

	#sign(text: string): string {
		// What was masked on its way here stays as it is.
		if (text.includes(MASK_SIGN)) return text;
		return `${/^./su.exec(text)?.[0] ?? ''}${MASK_SIGN}${this.#tag(text)}`;
	}
}

/** Fields of an object that are a person because of what stands beside them. */
function personalFields(fields: Fields): ReadonlySet<string> {
	const named = [
		fields['service'],
		fields['name'],
		fields['service_name'],
		fields['target_service_name']
	];
	const session = named.includes('UserSession');
	// A transition of a seat: its buyer's, unless a timer or an operator did it.
	const transition =
		'epoch' in fields &&
		'event' in fields &&
		fields['actor'] !== 'timer' &&
		fields['event'] !== 'force-release';
	return new Set([
		...(session ? ['key', 'service_key', 'target_service_key'] : []),
		...(transition ? ['actor'] : [])
	]);
}

function meetIn(value: unknown, names: Set<string>): void {
	for (const name of peopleIn(value)) if (names.size < MOST_NAMES) names.add(name);
}

/** Those whom a value names, without the rows of its long lists. */
function* peopleIn(value: unknown, name = ''): Generator<string> {
	if (typeof value === 'string') {
		if (PERSON.test(name)) yield* nameOf(value);
		else yield* peopleIn(parseJson(value), name);
	} else if (Array.isArray(value)) {
		if (value.length <= LONG_LIST) for (const item of value) yield* peopleIn(item, name);
	} else if (isFields(value)) {
		for (const key of personalFields(value)) {
			const own = value[key];
			if (typeof own === 'string') yield* nameOf(own);
		}
		for (const [key, child] of Object.entries(value)) yield* peopleIn(child, key);
	}
}

function* nameOf(text: string): Generator<string> {
	if (text.length >= SHORTEST_NAME && !text.includes(MASK_SIGN)) yield text;
}

/** Names as whole words, the longest first: one may begin with another. */
function wordsOf(names: readonly string[]): RegExp {
	const escaped = names
		.toSorted((a, b) => b.length - a.length)
		.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`));
	return new RegExp(`(?<![\\w])(?:${escaped.join('|')})(?![\\w])`, 'g');
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** A value of the journal comes as its bytes. */
const isBytes = (list: readonly unknown[]): list is readonly number[] =>
	list.length > 0 && list.every((n) => Number.isInteger(n) && Number(n) >= 0 && Number(n) < 256);

/** An object or a list that is kept as its text; of `any`, a text or a number as well. */
function parseJson(text: string, any = false): unknown {
	if (!any && !/^\s*[{[]/.test(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
