import js from '@eslint/js';
import globals from 'globals';

const RULES = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-var': 'error',
  'prefer-const': 'error',
  'object-shorthand': 'error',
  'no-unused-private-class-members': 'error',
  'no-unused-vars': ['error', { ignoreRestSiblings: true }],
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-console': ['error', { allow: ['error', 'debug'] }],
  'max-lines': ['error', { max: 400 }],
  complexity: ['error', 20],
};

export default [
  { ...js.configs.recommended, files: ['**/*.{js,mjs}'] },
  { files: ['src/**/*.js'], languageOptions: { globals: globals.browser }, rules: RULES },
  {
    files: ['test/**/*.mjs', '*.mjs'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: { ...RULES, 'no-console': 'off' },
  },
];
