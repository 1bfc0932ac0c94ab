import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './compress.ts';

/** The running server; it sees the page's own host, as it refuses writes that come from another page. */
const server = { target: 'http://127.0.0.1:7420', changeOrigin: false };

/** What draws Markdown, but for formulas and coloured code, which few texts have. */
const markdown =
  /node_modules\/(?!.*(katex|-math|highlight|lowlight))(.*(micromark|mdast|hast|unist|vfile|markdown)|unified|remark|devlop)/;

/**
 * First comes what every visit loads before it shows anything: libraries and the page's own code, a file each, as libraries
 * change less often and then stay in the browser's cache. Menus and dialogs follow, and Markdown with the first answer;
 * everything else comes with the page that needs it.
 */
const groups = [
  { name: 'libraries', tags: ['$initial' as const], test: /node_modules/, priority: 2 },
  { name: 'page', tags: ['$initial' as const], priority: 1 },
  { name: 'popups', test: /node_modules\/(@base-ui|@floating-ui)\// },
  { name: 'markdown', test: markdown },
  { name: 'icons', test: /node_modules\/lucide-react\// },
];

export default defineConfig({
  plugins: [react(), tailwindcss(), compress()],
  build: {
    target: 'es2023',
    // The content security policy allows fonts from files only, never from `data:` addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups } } },
    chunkSizeWarningLimit: 1000,
  },
  server: { proxy: { '/api': server, '/v1': server } },
});
