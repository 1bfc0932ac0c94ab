import type { Platform } from '../platform/platform.ts';
import type { JobBell } from './job-bell.ts';
import type { LearnNeeds } from './needs.ts';

/** The parts of the platform that this room stands on. */
export type LearnPlatform = Pick<
  Platform,
  'log' | 'clock' | 'database' | 'queue' | 'cache' | 'blobs' | 'audit'
>;

/** What every part of the room works with. */
export interface Learn {
  readonly platform: LearnPlatform;
  readonly needs: LearnNeeds;
  readonly bell: JobBell;
}
