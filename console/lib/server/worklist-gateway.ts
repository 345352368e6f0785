import type { MoneyReport } from '$shared/money-report.ts';
import type { Part } from '../order-case/case.ts';
import type { Actor } from '../permissions.ts';
import type { Nexus } from './nexus.ts';
import { UpstreamError } from './upstream-error.ts';

/** Orders that one reading asks the gateway about. */
export const MAX_ASKED = 24;
const AT_ONCE = 6;
/** After so many failures in a row the gateway is down, and is left alone until the next reading. */
const MAX_FAILURES = 3;
/** How long an answer keeps an order from being asked about again that nothing was found about. */
const KEPT_MS = 10 * 60_000;
const MAX_KEPT = 2000;

/** The console itself, reading for whoever looks. */
const READER: Actor = { name: 'worklist', role: 'viewer' };

type Answer = Part<MoneyReport>;

/** What the gateway says of the orders in doubt: asked a few at a time, and remembered a while. */
export class GatewayDesk {
	readonly #kept = new Map<string, { at: number; answer: Answer }>();

	/** What is remembered of these orders, and which of them should be asked about, oldest first. */
	recall(orders: readonly string[], now: number) {
		const known = new Map<string, Answer>();
		const due: { id: string; at: number }[] = [];
		for (const id of orders) {
			const kept = this.#kept.get(id);
			if (kept && now - kept.at < KEPT_MS) known.set(id, kept.answer);
			if (!kept?.answer.ok || now - kept.at >= KEPT_MS) due.push({ id, at: kept?.at ?? 0 });
		}
		return { known, due: due.sort((a, b) => a.at - b.at).map(({ id }) => id) };
	}

	/** Asks about orders, as many as one reading may. */
	async ask(nexus: Nexus, orders: readonly string[]): Promise<Map<string, Answer>> {
		const queue = [...new Set(orders)].slice(0, MAX_ASKED);
		const answers = new Map<string, Answer>();
		let failures = 0;
		const worker = async () => {
			for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
				const answer = failures < MAX_FAILURES ? await money(nexus, id) : SILENT;
				failures = answer.ok ? 0 : failures + 1;
				answers.set(id, answer);
				this.#keep(id, answer);
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return answers;
	}

	#keep(id: string, answer: Answer): void {
		this.#kept.delete(id);
		this.#kept.set(id, { at: Date.now(), answer });
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
	}
}

const SILENT: Answer = { ok: false, message: 'It did not answer about other orders just now' };

async function money(nexus: Nexus, id: string): Promise<Answer> {
	try {
		return { ok: true, value: await nexus.money(READER, id) };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		return { ok: false, message: error.message };
	}
}
