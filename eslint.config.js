import astro from 'eslint-plugin-astro';
import * as mdx from 'eslint-plugin-mdx';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const browserScripts = ['src/lib/browser/**/*.ts', 'src/components/client/**/*.ts'];

export default defineConfig(
  { ignores: ['dist/', '.astro/', '.cache/'] },

  {
    files: ['**/*.{ts,js,mjs}'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'object-shorthand': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A model that is written as a schema has its types inferred; where there is no schema, both words read well.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    files: ['scripts/**/*.mjs'],
    languageOptions: {
      globals: {
        ...Object.fromEntries(
          ['clearTimeout', 'console', 'performance', 'process', 'setTimeout'].map((name) => [name, 'readonly']),
        ),
      },
    },
    rules: { 'no-console': 'off', 'no-undef': 'error' },
  },
  {
    files: browserScripts,
    rules: {
      // The content security policy has no place for these, and the page is made of text, not of markup.
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
          property,
          message: 'Build elements and set their text, so that nothing a reader types can become markup.',
        })),
      ],
      'no-alert': 'error',
      'no-eval': 'error',
    },
  },

  astro.configs['flat/recommended'],
  {
    files: ['**/*.astro'],
    rules: {
      'astro/no-unused-css-selector': 'error',
      // Markup comes from core, which escapes every text it is given; its tests hold that with hostile text.
      'astro/no-set-html-directive': 'off',
    },
  },

  {
    files: ['src/content/**/*.mdx'],
    extends: [mdx.flat],
    rules: {
      // The words an author may use are known to the compiler of runbooks, which names file, line and mend.
      'no-undef': 'off',
      'no-unused-expressions': 'off',
    },
  },
);
