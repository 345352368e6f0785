import {
	Virtualizer,
	defaultRangeExtractor,
	observeWindowOffset,
	observeWindowRect,
	windowScroll
} from '@tanstack/virtual-core';
import type { VirtualizerOptions } from '@tanstack/virtual-core';
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { createSubscriber } from 'svelte/reactivity';

/** The rows of a long list that are in the document, and the room that the others take. */
export interface VirtualView {
	indexes: number[];
	/** Pixels. */
	before: number;
	after: number;
}

const EMPTY: VirtualView = { indexes: [], before: 0, after: 0 };
/** Short lists are drawn whole: the browser's own search finds all of their text. */
const DRAWN_WHOLE = 150;
const OVERSCAN = 12;
/** What is drawn on the server, where there is no window yet. */
const FIRST_RECT = { width: 0, height: 1200 };
/** The shell's own bar, and a list's, lie over the top of what scrolls. */
const COVERED_PX = 110;

/**
 * Keeps only those rows of a long list in the document that are near the window; the page itself
 * scrolls. Rows may be of any height and change it.
 */
export class VirtualRows {
	#changed: () => void = () => undefined;
	readonly #subscribe = createSubscriber((update) => {
		this.#changed = update;
		return () => (this.#changed = () => undefined);
	});
	readonly #virtualizer: Virtualizer<Window, HTMLElement>;
	readonly #options: VirtualizerOptions<Window, HTMLElement>;
	readonly #keys: () => readonly string[];

	/** @param keys of all rows; `rowHeight` is what most of them take, in pixels */
	constructor(keys: () => readonly string[], rowHeight: number) {
		this.#keys = keys;
		this.#options = {
			count: 0,
			getScrollElement: () => (typeof window === 'undefined' ? null : window),
			estimateSize: () => rowHeight,
			observeElementRect: observeWindowRect,
			observeElementOffset: observeWindowOffset,
			scrollToFn: windowScroll,
			initialRect: FIRST_RECT,
			overscan: OVERSCAN,
			scrollPaddingStart: COVERED_PX,
			rangeExtractor: (range) =>
				range.count <= DRAWN_WHOLE
					? Array.from({ length: range.count }, (_, index) => index)
					: defaultRangeExtractor(range),
			onChange: () => this.#changed()
		};
		this.#virtualizer = new Virtualizer(this.#options);
	}

	/** Tells the virtualizer of the rows whenever they change, and only then. */
	readonly #rows = $derived.by(() => {
		const keys = this.#keys();
		this.#set({ count: keys.length, getItemKey: (index) => keys[index] ?? index });
		return keys;
	});

	readonly view: VirtualView = $derived.by(() => {
		this.#subscribe();
		if (this.#rows.length === 0) return EMPTY;
		const items = this.#virtualizer.getVirtualItems();
		const { scrollMargin } = this.#virtualizer.options;
		const [first, last] = [items[0], items.at(-1)];
		return {
			indexes: items.map(({ index }) => index),
			before: first ? first.start - scrollMargin : 0,
			after: last ? this.#virtualizer.getTotalSize() - (last.end - scrollMargin) : 0
		};
	});

	/** Attach to the list's element. */
	readonly list: Attachment<HTMLElement> = (node) => {
		const place = () => {
			const scrollMargin = node.getBoundingClientRect().top + window.scrollY;
			if (Math.abs(scrollMargin - this.#virtualizer.options.scrollMargin) < 1) return;
			this.#set({ scrollMargin });
			this.#changed();
		};
		const unmount = untrack(() => this.#virtualizer._didMount());
		untrack(() => {
			this.#virtualizer._willUpdate();
			place();
		});
		// Whatever grows above the list moves it down.
		const observer = new ResizeObserver(place);
		observer.observe(document.body);
		return () => {
			observer.disconnect();
			unmount();
		};
	};

	/** Attach to each row's element, which carries its index as `data-index`. */
	readonly row: Attachment<HTMLElement> = (node) =>
		untrack(() => this.#virtualizer.measureElement(node));

	/** Brings a row to the top of what is seen, the last one to its bottom. */
	scrollTo(index: number): void {
		const last = index === this.#virtualizer.options.count - 1;
		this.#virtualizer.scrollToIndex(index, { align: last ? 'end' : 'start' });
	}

	#set(change: Partial<VirtualizerOptions<Window, HTMLElement>>): void {
		Object.assign(this.#options, change);
		this.#virtualizer.setOptions({ ...this.#options });
	}
}
