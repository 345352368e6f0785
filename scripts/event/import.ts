import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { z } from 'zod';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import { isKeyPart } from '../../shared/seat-key.ts';
import {
	type PlanMode,
	readSeatingPlan,
	type SeatingPlanReport
} from '../../shared/seating-plan.ts';
import { postJson } from '../ingress.ts';
import { loadKeys } from '../stack/keys.ts';
import type { Settings } from '../stack/settings.ts';
import { formatTable } from '../table.ts';
import { readJsonFile } from './json-file.ts';
import { choosePrices } from './prices.ts';

export interface ImportOptions {
	plan: string;
	id: string;
	name: string;
	currency: string | undefined;
	prices: string | undefined;
	mode: PlanMode;
}

const published = z.object({
	event: z.object({ id: z.string(), name: z.string(), revision: z.int(), seats: z.int() })
});

/** Publishes a plan file as an event; what was published, in lines to print. */
export async function importPlan(
	settings: Settings,
	options: ImportOptions,
	warn: (warning: string) => void
): Promise<string[]> {
	const { id, name, mode } = options;
	if (!isKeyPart(id)) {
		throw new Error(`"${id}" cannot be an event ID: use 1 to 64 of A-Z a-z 0-9 . _ -`);
	}
	const plan = readJsonFile(options.plan);
	const { priceList, currency, source } = choosePrices(options, warn);
	// Read here too: the file's problems show at once, and the answer says what it holds.
	const { errors, warnings, report } = readSeatingPlan(plan, { mode, ...priceList });
	for (const warning of warnings) warn(`warning: ${warning}`);
	if (errors.length > 0) throw new Error(`${options.plan} has errors:\n${errors.join('\n')}`);

	const prices = Object.fromEntries(report.categories.map((c) => [c.name, c.price]));
	const answer = await postJson(
		`${settings.urls.ingress}/Event/${id}/publish`,
		{ name, currency, plan, prices, mode },
		{ [OPERATOR_HEADER]: await operatorToken(settings.dataDir) }
	);
	const { event } = published.parse(answer);
	return [
		...describeReport(report, currency),
		`prices: ${source}`,
		`published "${event.name}" as ${event.id}, revision ${event.revision}: ${settings.urls.console}/events/${event.id}`
	];
}

async function operatorToken(dataDir: string): Promise<string> {
	if (!existsSync(dataDir)) {
		throw new Error(`${dataDir} is no data folder of Nexus: run npm start, or set NEXUS_DATA`);
	}
	const { operatorSigningKey } = loadKeys(dataDir);
	return signOperatorToken(operatorSigningKey, { name: userInfo().username, role: 'admin' });
}

function describeReport({ seats, sections, categories }: SeatingPlanReport, currency: string) {
	const money = new Intl.NumberFormat('en', { style: 'currency', currency });
	const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
	const rows = sections.reduce((sum, section) => sum + section.rows, 0);
	return [
		`${seats.toLocaleString('en')} seats in ${sections.length} sections and ${rows} rows`,
		...formatTable(
			['Category', 'Seats', 'Price'],
			categories.map(({ name, seats: count, price }) => [
				name,
				count,
				money.format(price / 10 ** digits)
			])
		).map((line) => `  ${line}`)
	];
}
