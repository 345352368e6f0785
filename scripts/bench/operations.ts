import type { Load } from './load.ts';

/** Clients that call at once in every measurement of the service. */
export const CLIENTS = 64;

/** What is measured: so many calls of one kind, each round's on objects that no other round used. */
export interface Operation {
	name: string;
	load: (calls: number) => Pick<Load, 'call' | 'expected'>;
}

const OK = [200];
let batches = 0;

/** The floor's handler of that name, on keys of its own. */
export const floorSeat = (name: string, handler: string): Operation => ({
	name,
	load: () => {
		const batch = batches++;
		const path = (index: number) => `/FloorSeat/${batch}-${index}/${handler}`;
		return { call: (index) => ({ path: path(index), body: 'buyer' }), expected: OK };
	}
});

export const floorHotSeat: Operation = {
	name: 'get, set on one key',
	load: () => {
		const path = `/FloorSeat/hot-${batches++}/set`;
		return { call: () => ({ path, body: 'buyer' }), expected: OK };
	}
};

export const floorSaga = (gateway: string): Operation => ({
	name: 'three-step saga',
	load: () => {
		const batch = batches++;
		const body = (index: number) => ({ seat: `${batch}-${index}`, gateway });
		return { call: (index) => ({ path: '/FloorSaga/buy', body: body(index) }), expected: OK };
	}
});

type Take = (count: number) => string[];

export const reserve = (take: Take, name = 'reserve'): Operation => ({
	name,
	load: (calls) => {
		const seats = take(calls);
		const path = (index: number) => `/Ticket/${seats[index] ?? ''}/reserve`;
		return { call: (index) => ({ path: path(index), body: `buyer-${index}` }), expected: OK };
	}
});

/** Everybody wants the same seat: one gets it, and the others are told so. */
export const reserveHotSeat = (take: Take): Operation => ({
	name: 'reserve one hot seat',
	load: () => {
		const path = `/Ticket/${take(1).join('')}/reserve`;
		return { call: (index) => ({ path, body: `buyer-${index}` }), expected: [200, 409] };
	}
});

export const getSeat = (take: Take): Operation => ({
	name: 'get',
	load: (calls) => {
		const seats = take(calls);
		const path = (index: number) => `/Ticket/${seats[index] ?? ''}/get`;
		return { call: (index) => ({ path: path(index), body: null }), expected: OK };
	}
});

export const checkout = (take: Take, name: string, email?: string): Operation => ({
	name,
	load: (calls) => {
		const [seats, batch] = [take(calls), batches++];
		const body = (index: number) => ({
			ticketId: seats[index],
			userId: `buyer-${batch}-${index}`,
			paymentMethod: 'pm_card_visa',
			...(email === undefined ? {} : { email })
		});
		return { call: (index) => ({ path: '/Checkout/checkout', body: body(index) }), expected: OK };
	}
});
