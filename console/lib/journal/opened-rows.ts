/**
 * Which rows of a timeline are unfolded, and which show in place the invocation that they called; by
 * row key. It lives in the page's address, so that whoever comes back, or is sent there, sees the same.
 */
export interface OpenedRows {
	details: readonly string[];
	children: readonly string[];
}

export const NOTHING_OPENED: OpenedRows = { details: [], children: [] };

/** As the parameters of an address; a reader who opens more of them loses the oldest there. */
export interface OpenedQuery {
	open: readonly string[];
	inside: readonly string[];
}

const MOST = 40;

export const parseOpened = (query: URLSearchParams): OpenedRows => ({
	details: keysOf(query, 'open'),
	children: keysOf(query, 'inside')
});

const keysOf = (query: URLSearchParams, name: keyof OpenedQuery): string[] =>
	[...new Set(query.getAll(name))].slice(-MOST);

export const printOpened = ({ details, children }: OpenedRows): OpenedQuery => ({
	open: details.slice(-MOST),
	inside: children.slice(-MOST)
});

/** With what a row carries unfolded, or not. */
export const unfold = (opened: OpenedRows, key: string, isOpen: boolean): OpenedRows => ({
	...opened,
	details: withKey(opened.details, key, isOpen)
});

/** With a row's child shown, or not; what was open inside it goes with it. */
export const expand = (opened: OpenedRows, key: string, isOpen: boolean): OpenedRows => {
	const stays = (each: string) => !each.startsWith(`${key}/`);
	return {
		details: isOpen ? opened.details : opened.details.filter(stays),
		children: withKey(isOpen ? opened.children : opened.children.filter(stays), key, isOpen)
	};
};

const withKey = (keys: readonly string[], key: string, isIn: boolean): string[] => {
	const others = keys.filter((each) => each !== key);
	return isIn ? [...others, key] : others;
};
