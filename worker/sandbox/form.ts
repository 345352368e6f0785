/** A form body as a tree: `metadata[order_id]=x` nests, `a[]=x` appends under the next index. */
export interface FormTree {
	[key: string]: FormValue;
}
export type FormValue = string | FormTree;

/** A key that no tree can hold; `param` is the key as it was sent. */
export class FormError extends Error {
	readonly param: string;
	constructor(param: string, message: string) {
		super(message);
		this.param = param;
	}
}

const KEY = /^[^[\]]+(?:\[[^[\]]*\])*$/;
const MAX_DEPTH = 5;

/** Parses a body or query string in Stripe's encoding. A key sent twice keeps its last value. */
export function parseForm(encoded: string): FormTree {
	const root = branch();
	for (const [key, value] of new URLSearchParams(encoded)) insert(root, key, value);
	return root;
}

function insert(root: FormTree, key: string, value: string): void {
	if (!KEY.test(key)) throw new FormError(key, `Malformed parameter name: ${key}`);
	const path = key.replaceAll(']', '').split('[');
	if (path.length > MAX_DEPTH) throw new FormError(key, `Parameter nested too deep: ${key}`);
	let node = root;
	for (const [depth, segment] of path.entries()) {
		const name = segment === '' ? String(Object.keys(node).length) : segment;
		const isLeaf = depth === path.length - 1;
		const existing = node[name];
		if (isLeaf ? typeof existing === 'object' : typeof existing === 'string') {
			throw new FormError(key, `Parameter is both a value and a hash: ${key}`);
		}
		if (isLeaf) node[name] = value;
		else node = (node[name] ??= branch()) as FormTree;
	}
}

/** Without a prototype, so that no key a client sends can reach one. */
const branch = (): FormTree => Object.create(null) as FormTree;
