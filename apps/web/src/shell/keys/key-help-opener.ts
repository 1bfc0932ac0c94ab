import { Opener } from '../opener.ts';

/** Opens the list of keys. */
export const keyHelp = new Opener();
