import { parentPort, workerData } from 'node:worker_threads';
import { openPglite } from './pglite-engine.ts';
import { maintain } from './pglite-maintenance.ts';
import { type PgliteReport, PgliteSettings } from './pglite-messages.ts';
import { createWireServer } from './wire-server.ts';

// The embedded database has a thread of its own: its engine computes synchronously, and a long query must not stall
// the server. Clients reach it through a socket, with the same driver as a PostgreSQL elsewhere.
const settings = PgliteSettings.parse(workerData);
const db = await openPglite(settings.folder);

function report(message: PgliteReport): void {
  parentPort?.postMessage(message);
}

const server = createWireServer({
  engine: {
    execute: (messages, answer) => db.execProtocolRawStream(messages, { onRawData: answer }),
    inTransaction: () => db.isInTransaction(),
  },
  maxConnections: settings.maxConnections,
  idleInTransactionMs: settings.idleInTransactionMs,
  onBroken: (reason) => {
    // Ends the thread with an error, which starts another: the log on disk has everything that was acknowledged.
    throw new Error(`the embedded database's engine failed: ${reason}`);
  },
});

/** An engine that cannot be looked after now still serves; the next round tries again. */
async function lookAfter(): Promise<void> {
  try {
    await maintain(db);
  } catch (error) {
    report({ kind: 'upkeep failed', reason: String(error) });
  }
}

const upkeep = setInterval(() => void server.exclusively(lookAfter), settings.maintenanceMs);

async function close(): Promise<void> {
  clearInterval(upkeep);
  await server.close();
  await server.exclusively(async () => {
    await db.exec('CHECKPOINT');
    await db.close();
  });
  parentPort?.close();
}

parentPort?.once('message', () => void close());
await server.listen(settings.socket);
report({ kind: 'ready' });
