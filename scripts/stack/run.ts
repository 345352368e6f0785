import { spawn } from 'node:child_process';

/**
 * Runs one of the project's command line tools, quietly.
 *
 * @throws with the tool's own output when it fails
 */
export async function run(
	tool: string,
	args: readonly string[],
	env: Record<string, string> = {}
): Promise<string> {
	const child = spawn(`node_modules/.bin/${tool}`, args, {
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true
	});
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0)
		throw new Error(`${tool} ${args.join(' ')} failed (${code ?? 'killed'})\n${output}`);
	return output;
}
