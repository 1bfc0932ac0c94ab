import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './compress.ts';

/** The running server; it sees the page's own host, as it refuses writes that come from another page. */
const server = { target: 'http://127.0.0.1:7420', changeOrigin: false };

/** Libraries that most pages need; those of one page, or of rare texts (formulas, code), come when they are wanted. */
const inEveryPage = /node_modules\/(?!(diff|uplot|zod)\/|.*(katex|math|highlight|lowlight))/;

export default defineConfig({
  plugins: [react(), tailwindcss(), compress()],
  build: {
    target: 'es2023',
    // The content security policy allows fonts from files only, never from `data:` addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Libraries change less often than the page: a release leaves them in the browser's cache.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'libraries', test: inEveryPage }] } } },
    chunkSizeWarningLimit: 1000,
  },
  server: { proxy: { '/api': server, '/v1': server } },
});
