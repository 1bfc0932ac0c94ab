import type { Platform } from '../platform/platform.ts';

/** The parts of the platform that this room stands on. */
export type ShipPlatform = Pick<
  Platform,
  'config' | 'log' | 'clock' | 'database' | 'cache' | 'blobs' | 'audit'
>;
