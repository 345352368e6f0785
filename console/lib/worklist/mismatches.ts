/** A seat whose sale is not told alike by the seat itself and by the confirmed orders. */
export interface Mismatch {
	seat: string;
	/** The orders that the seat or the record names. */
	orders: string[];
}

/**
 * Compares sold seats, each with the order it names, with the seats of confirmed orders.
 *
 * @param sold one entry a seat
 * @param confirmed one entry for each seat of each order
 */
export function mismatches(
	sold: readonly { seat: string; order?: string }[],
	confirmed: readonly { seat: string; order: string }[]
): Mismatch[] {
	const owner = new Map(sold.map(({ seat, order }) => [seat, order]));
	const buyers = Map.groupBy(confirmed, ({ seat }) => seat);
	const seats = new Set([...owner.keys(), ...buyers.keys()]);
	return [...seats].flatMap((seat) => {
		const orders = (buyers.get(seat) ?? []).map(({ order }) => order);
		const own = owner.get(seat);
		if (orders.length === 1 && orders[0] === own) return [];
		return [{ seat, orders: [...new Set([...orders, ...(own === undefined ? [] : [own])])] }];
	});
}
