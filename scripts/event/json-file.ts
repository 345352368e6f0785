import { readFileSync } from 'node:fs';
import { messageOf } from '../cli.ts';

/** The JSON in a file. @throws saying whether the file or its content is the trouble */
export function readJsonFile(file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			throw new Error(`${file}: there is no such file`, { cause: error });
		}
		throw new Error(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
	}
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new Error(`${file} is not JSON: ${messageOf(error)}`, { cause: error });
	}
}
