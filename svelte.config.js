import adapter from '@sveltejs/adapter-cloudflare';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		// The adapter deletes and rewrites whatever `main` its config names, so it must never
		// read the root wrangler.toml, whose `main` is our own source.
		adapter: adapter({
			config: 'console/wrangler.toml',
			platformProxy: { configPath: 'console/wrangler.toml' }
		}),
		alias: { $shared: 'shared' },
		files: {
			src: 'console',
			assets: 'console/static',
			lib: 'console/lib',
			routes: 'console/routes',
			params: 'console/params',
			appTemplate: 'console/app.html',
			errorTemplate: 'console/error.html',
			hooks: {
				client: 'console/hooks.client',
				server: 'console/hooks.server',
				universal: 'console/hooks'
			}
		},
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				// chart.js and bits-ui position elements with style attributes.
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:'],
				'connect-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		}
	}
};
