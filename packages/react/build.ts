import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { loadedBytes } from './loaded-bytes.ts';

/** Bytes after gzip that a page may have to load; the build fails above them. */
const most = { 'message-feedback.js': 15_000, 'attune-feedback.js': 12_000 };

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = `${here}dist/`;

await rm(dist, { recursive: true, force: true });
await build({
  root: here,
  configFile: false,
  logLevel: 'warn',
  plugins: [react()],
  build: {
    target: 'es2023',
    lib: {
      entry: {
        index: `${here}src/index.ts`,
        headless: `${here}src/headless.ts`,
        'message-feedback': `${here}src/message-feedback-entry.ts`,
      },
      formats: ['es'],
    },
    rolldownOptions: { external: [/^react($|\/)/, /^react-dom($|\/)/] },
  },
});
await build({
  root: here,
  configFile: false,
  logLevel: 'warn',
  build: {
    target: 'es2023',
    emptyOutDir: false,
    lib: {
      entry: `${here}src/element/attune-feedback.ts`,
      formats: ['iife'],
      name: 'Attune',
      fileName: () => 'attune-feedback.js',
    },
  },
});
await writeFile(`${dist}attune.css`, await readFile(`${here}src/attune.css`));

for (const [entry, limit] of Object.entries(most)) {
  const size = await loadedBytes(dist, entry);
  console.log(`${entry}: ${size} bytes gzipped with what it imports (limit ${limit})`);
  if (size > limit) {
    console.error(`${entry} is too large: ${size} bytes of ${limit}.`);
    process.exitCode = 1;
  }
}
