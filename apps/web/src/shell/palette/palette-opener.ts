import { Opener } from '../opener.ts';

/** Opens the command palette. */
export const paletteOpener = new Opener();
