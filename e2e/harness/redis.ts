import { once } from 'node:events';
import { connect } from 'node:net';

/** Redis for tests. */
const redisUrl = process.env.ATTUNE_TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

/** The setting that makes a server use the tests' Redis, or why it cannot be had. */
export async function findRedis(): Promise<{ settings: Record<string, string> } | { missing: string }> {
  const { hostname, port } = new URL(redisUrl);
  const socket = connect(Number(port === '' ? 6379 : port), hostname);
  try {
    await once(socket, 'connect');
    return { settings: { REDIS_URL: redisUrl } };
  } catch (error) {
    return { missing: `no Redis answers at ATTUNE_TEST_REDIS_URL: ${String(error)}` };
  } finally {
    socket.destroy();
  }
}
