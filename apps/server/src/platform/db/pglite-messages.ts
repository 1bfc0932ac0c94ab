import { z } from 'zod';

/** What the embedded database's thread is started with. */
export const PgliteSettings = z.object({
  folder: z.string(),
  socket: z.string(),
  maxConnections: z.number(),
  idleInTransactionMs: z.number(),
  maintenanceMs: z.number(),
});
export type PgliteSettings = z.infer<typeof PgliteSettings>;

/** What the thread says: that clients may come, or that looking after the engine failed. */
export const PgliteReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('upkeep failed'), reason: z.string() }),
]);
export type PgliteReport = z.infer<typeof PgliteReport>;
