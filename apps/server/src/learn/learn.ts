import type { Platform } from '../platform/platform.ts';
import type { JobBell } from './job-bell.ts';
import type { LearnNeeds } from './needs.ts';

/** What every part of the room works with. */
export interface Learn {
  readonly platform: Platform;
  readonly needs: LearnNeeds;
  readonly bell: JobBell;
}
