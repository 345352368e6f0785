import type { Settings } from '../../scripts/stack/settings.ts';

declare module 'vitest' {
	export interface ProvidedContext {
		settings: Settings;
		operatorSigningKey: string;
	}
}
