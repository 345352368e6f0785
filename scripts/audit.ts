import { parseArgs } from 'node:util';
import { auditStack, isClean } from './audit/audit-stack.ts';
import { describeFindings } from './audit/report.ts';
import { exitWithUsage } from './cli.ts';
import { explainFailure } from './ingress.ts';
import { readSettings } from './stack/settings.ts';

const USAGE = `Usage: npm run audit [-- --json]

Holds the running stack against every integrity invariant: seats as Restate stores them, orders in
D1, invocations, and the gateway's ledger. Ends with status 1 and the offending rows when one is
broken. Which stack: NEXUS_DATA and NEXUS_PORT_*, as for npm start.

  --json   print [{name, checked, violations: [{subject, what, evidence}]}]`;

function readJsonFlag(): boolean {
	try {
		return parseArgs({ options: { json: { type: 'boolean', default: false } } }).values.json;
	} catch (error) {
		return exitWithUsage(error, USAGE);
	}
}

const json = readJsonFlag();
try {
	if (process.env['STRIPE_API_KEY'])
		throw new Error(
			'STRIPE_API_KEY is set, so the money is at Stripe: the audit reads the sandbox’s ledger only'
		);
	const findings = await auditStack(readSettings());
	console.log(
		json ? JSON.stringify(findings, undefined, '\t') : describeFindings(findings).join('\n')
	);
	process.exitCode = isClean(findings) ? 0 : 1;
} catch (error) {
	console.error(explainFailure(error));
	process.exitCode = 1;
}
