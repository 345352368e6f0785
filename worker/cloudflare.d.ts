declare module 'cloudflare:workers' {
	export const env: import('./env.ts').Env;
	export function waitUntil(promise: Promise<unknown>): void;
}
