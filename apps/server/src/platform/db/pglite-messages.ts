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

/** What the thread says. */
export const PgliteReport = z.enum(['ready', 'closed']);
export type PgliteReport = z.infer<typeof PgliteReport>;
