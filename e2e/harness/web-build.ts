/** Builds the web page, so that what is tested is what stands in the sources. */
export { buildWebPage as buildWeb } from '../../apps/server/src/cli/web-page.ts';
