import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:7420';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // The content security policy allows fonts and scripts from files only, never from `data:` addresses.
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/api': server, '/v1': server } },
});
