import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * The port of the occupancy Worker, kept with a stack's data: Restate knows a Worker by its address,
 * so a stack that is started again must find it at the same one.
 */
const Remembered = z.object({ occupancy: z.int().min(1).max(65_535) });

const fileOf = (dataDir: string): string => join(dataDir, 'ports.json');

/** @returns undefined for a data folder that has none yet */
export function rememberedPort(dataDir: string): number | undefined {
	try {
		return Remembered.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8'))).occupancy;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw new Error(`${fileOf(dataDir)} cannot be read: delete it to choose a port anew`, {
			cause: error
		});
	}
}

export function rememberPort(dataDir: string, occupancy: number): void {
	mkdirSync(dataDir, { recursive: true });
	writeFileSync(fileOf(dataDir), JSON.stringify({ occupancy }, undefined, '\t'));
}
