import type { Platform } from '../platform/platform.ts';
import type { Queue } from '../platform/queue/queue.ts';

/** The parts of the platform that this room stands on. */
export interface ShipPlatform
  extends Pick<Platform, 'config' | 'log' | 'clock' | 'database' | 'cache' | 'blobs' | 'audit' | 'secrets'> {
  readonly queue: Pick<Queue, 'define' | 'send'>;
}
