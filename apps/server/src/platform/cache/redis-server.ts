import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';

const PROGRAM = 'redis-server';

/** Where tests find a Redis. */
export const testRedisUrl = process.env.ATTUNE_TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

/** Why tests with a Redis that comes and goes must be skipped, or false. */
export function redisServerMissing(): string | false {
  return spawnSync(PROGRAM, ['--version']).status === 0 ? false : 'redis-server is not installed';
}

/** Why tests on the running Redis must be skipped, or false. */
export async function redisMissing(): Promise<string | false> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(testRedisUrl, { lazyConnect: true, retryStrategy: null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return false;
  } catch {
    return 'no Redis answers at ATTUNE_TEST_REDIS_URL';
  } finally {
    redis.disconnect();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A Redis of the test's own that it can end and start again. */
export class RedisServer {
  readonly url: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  constructor(port: number) {
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
  }

  /** A server that is not started yet. */
  static async prepare(): Promise<RedisServer> {
    return new RedisServer(await freePort());
  }

  async start(): Promise<void> {
    const options = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn(PROGRAM, options, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'ignore'] });
    this.#process = child;
    for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
      if (String(text).includes('Ready to accept connections')) break;
    }
    child.stdout.resume();
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Stops answering without hanging up, as a machine that froze. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }
}
