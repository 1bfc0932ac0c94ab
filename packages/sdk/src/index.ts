export * from './client.ts';
export { AttuneApiError } from './error.ts';
