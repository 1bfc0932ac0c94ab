import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const PROGRAM = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find((path) =>
  existsSync(path),
);

/** pgbouncer will not run as root: then it runs as the user of PostgreSQL. */
function user(): { uid: number; gid: number } | undefined | 'none' {
  if (process.getuid?.() !== 0) return undefined;
  const entry = readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m);
  return entry === null ? 'none' : { uid: Number(entry[1]), gid: Number(entry[2]) };
}

/** Why tests through a transaction pooler must be skipped, or false. */
export function pgbouncerMissing(): string | false {
  if (PROGRAM === undefined) return 'pgbouncer is not installed';
  return user() === 'none' ? 'pgbouncer does not run as root, and there is no user postgres' : false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilReady(url: string, left = 100): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    if (left === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await untilReady(url, left - 1);
  }
}

/** Starts pgbouncer in transaction mode, two server connections for everyone, before a database. */
export async function startPgbouncer(databaseUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server = new URL(databaseUrl);
  const folder = await mkdtemp(join(tmpdir(), 'attune-pgbouncer-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const name = server.pathname.slice(1);
  const login = server.username === '' ? '' : ` user=${server.username}`;
  const configuration = `[databases]
${name} = host=${server.hostname} port=${server.port || 5432} dbname=${name}${login}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
max_client_conn = 100
`;
  await writeFile(join(folder, 'pgbouncer.ini'), configuration, { mode: 0o644 });
  const as = user();
  const child = spawn(PROGRAM ?? '', ['-q', join(folder, 'pgbouncer.ini')], {
    stdio: 'ignore',
    ...(as === 'none' ? {} : as),
  });
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  await untilReady(url.href);
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  return { url: url.href, stop };
}
