import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Who may not import whom: shared <- worker, shared <- console/lib/server <- routes <- components. */
const zones = [
	{ target: './shared', from: ['./worker', './console', './scripts', './tests'] },
	{ target: './worker', from: ['./console', './scripts', './tests'] },
	{ target: './console', from: ['./scripts', './tests'] },
	{ target: './console/lib/components', from: ['./console/lib/server', './console/routes'] },
	{ target: './console/lib/server', from: ['./console/routes', './console/lib/components'] }
].map((zone) => ({
	...zone,
	message: 'Dependencies point one way; see docs/ARCHITECTURE.md.'
}));

export default ts.config(
	{ ignores: ['.svelte-kit/', '.nexus/', '.wrangler/', 'node_modules/'] },
	js.configs.recommended,
	ts.configs.strictTypeChecked,
	svelte.configs.recommended,
	importX.flatConfigs.typescript,
	{
		plugins: { 'import-x': importX },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		rules: {
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': ['error', { zones }],
			'no-undef': 'off',
			// How a field is left out of an object.
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			// SvelteKit throws its redirect and error objects by design.
			'@typescript-eslint/only-throw-error': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{
		files: ['console/**'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: ['**/worker/**'],
							allowTypeImports: true,
							message: 'The console imports worker/ for types only; see docs/ARCHITECTURE.md.'
						}
					]
				}
			]
		}
	},
	{ files: ['**/*.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] }
);
