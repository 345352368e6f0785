import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { SaleOutcome } from '../../scripts/sale/outcome.ts';
import { portVariable, SERVICES } from '../../scripts/stack/settings.ts';

/** Runs the sale as `npm run sale` does, against this stack. @returns what it says at its end */
export async function runSale(event: string, args: string[]): Promise<SaleOutcome> {
	const { dataDir, ports } = inject('settings');
	const env = Object.fromEntries(
		SERVICES.map((service) => [portVariable(service), String(ports[service])])
	);
	const sale = spawn(process.execPath, ['scripts/sale.ts', '--event', event, '--json', ...args], {
		env: { ...process.env, ...env, NEXUS_DATA: dataDir },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const [said, complained] = await Promise.all([text(sale.stdout), text(sale.stderr)]);
	if (!said.trim()) throw new Error(`the sale ended without a word: ${complained}`);
	return JSON.parse(said) as SaleOutcome;
}
