import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../cli.ts';
import { readOptions } from '../sale/options.ts';
import type { SaleOutcome } from '../sale/outcome.ts';
import { runSale } from '../sale/run.ts';
import { queryD1 } from '../stack/d1.ts';
import type { Stack } from '../stack/stack.ts';
import { watchMemory } from './memory.ts';
import type { Memory } from './memory.ts';
import { releaseSeat } from './operator.ts';
import { freshSeats } from './seats.ts';
import { openStream } from './stream.ts';
import type { Stream } from './stream.ts';

/** Who is there while a sale goes on, and for how long. */
export interface Crowd {
	minutes: number;
	viewers: number;
	operators: number;
	/** Buyers that arrive a second. */
	rate: number;
	/** How long an operator rests between two acts, ms. */
	restMs: number;
}

export interface CrowdOutcome {
	sale: SaleOutcome;
	/** Releases of seats that operators asked for and the console accepted. */
	acts: number;
	/** MB that the viewers were sent. */
	streamedMB: number;
	/** Of viewers and operators, as they were met. */
	errors: string[];
	memory: Memory[];
	/** Rows of the log table at each look. */
	logRows: number[];
}

const VENUE = { id: 'bench-crowd', smallest: 2_000, largest: 100_000 };
/** Each operator's own seats; the sale has the others, and these as well. */
const SEATS_OF_OPERATOR = 20;
const SAMPLES = 120;
const LEAST_SAMPLE_MS = 1_000;

/** Runs a sale that viewers watch and operators work on, and looks at what it does to the stack. */
export async function runCrowd(stack: Stack, crowd: Crowd): Promise<CrowdOutcome> {
	const { settings } = stack;
	const durationMs = crowd.minutes * 60_000;
	const buyers = Math.max(1, Math.round((crowd.rate * durationMs) / 1_000));
	const size = Math.min(VENUE.largest, Math.max(VENUE.smallest, buyers * 3));
	const { event, take } = await freshSeats(stack, size, VENUE.id);
	const everyMs = Math.max(LEAST_SAMPLE_MS, Math.round(durationMs / SAMPLES));

	const errors: string[] = [];
	const open = () => openStream(settings.urls.console, event);
	const streams = await Promise.all(Array.from({ length: crowd.viewers }, open));
	const tellMemory = watchMemory(settings, everyMs);
	const logRows: number[] = [];
	const counter = setInterval(() => logRows.push(countLogs(settings.dataDir)), everyMs);
	try {
		const over = new AbortController();
		const selling = sell(stack, event, { buyers, rate: crowd.rate }).finally(() => over.abort());
		const acting = Array.from({ length: crowd.operators }, (_, number) =>
			operate(settings.urls, take(SEATS_OF_OPERATOR), number, crowd.restMs, over.signal, errors)
		);
		const sale = await selling;
		const acts = (await Promise.all(acting)).reduce((sum, each) => sum + each, 0);
		logRows.push(countLogs(settings.dataDir));
		errors.push(...streams.flatMap(endedEarly));
		const streamedMB = streams.reduce((sum, stream) => sum + stream.bytes(), 0) / 1e6;
		return { sale, acts, streamedMB, errors, memory: tellMemory(), logRows };
	} finally {
		clearInterval(counter);
		tellMemory();
		await Promise.all(streams.map((stream) => stream.close()));
	}
}

function sell(
	{ settings }: Stack,
	event: string,
	{ buyers, rate }: { buyers: number; rate: number }
): Promise<SaleOutcome> {
	const args = ['--event', event, '--buyers', String(buyers), '--rate', String(rate)];
	const options = readOptions([...args, '--seed', '1'], () => 1);
	return runSale(options, settings, new AbortController().signal);
}

/** Acts on one seat after the other until the sale is over. @returns how many acts the console accepted */
async function operate(
	urls: Stack['settings']['urls'],
	seats: readonly string[],
	number: number,
	restMs: number,
	over: AbortSignal,
	errors: string[]
): Promise<number> {
	let acts = 0;
	for (let turn = 0; !over.aborted; turn++) {
		const seat = seats[turn % seats.length] ?? '';
		try {
			await releaseSeat(urls, seat, number + turn);
			acts++;
		} catch (error) {
			// A buyer who came first is the sale at work.
			const said = messageOf(error);
			if (!/already sold|currently reserved/.test(said)) errors.push(said);
		}
		await pause(restMs);
	}
	return acts;
}

const endedEarly = (stream: Stream): string[] => {
	const failure = stream.failure();
	return failure === undefined ? [] : [`a viewer lost the stream: ${failure}`];
};

const countLogs = (dataDir: string): number =>
	queryD1<{ n: number }>(dataDir, 'SELECT COUNT(*) AS n FROM logs')[0]?.n ?? 0;
