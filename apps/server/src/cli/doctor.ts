import { access, constants, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Config, dataFolder } from '../config.ts';
import { modelsFolder } from '../folders.ts';
import { makeDataFolder } from '../platform/data-folder.ts';
import { hasTrainer, trainerPython } from '../trainer-home.ts';

/** One thing the doctor looked at. `bad` keeps Attune from starting; `note` is worth knowing. */
export interface Finding {
  readonly what: string;
  readonly state: 'good' | 'note' | 'bad';
  readonly found: string;
  /** What to do about it. */
  readonly advice: string;
}

type Check = (config: Config) => Promise<Finding>;

const good = (what: string, found: string): Finding => ({ what, state: 'good', found, advice: '' });
const note = (what: string, found: string, advice: string): Finding => ({
  what,
  state: 'note',
  found,
  advice,
});
const bad = (what: string, found: string, advice: string): Finding => ({ what, state: 'bad', found, advice });
const messageOf = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error));

const node: Check = async () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 22 || (major === 22 && minor >= 19);
  const found = `${process.versions.node} (${process.execPath})`;
  return enough ? good('Node', found) : bad('Node', found, 'Install Node 22.19 or newer.');
};

const database: Check = async (config) => {
  if (config.DATABASE_URL === undefined) {
    return note(
      'Database',
      'embedded (PGlite) in the data folder',
      'It survives a crash of the program, not a power cut: it never calls fsync. Set DATABASE_URL to a PostgreSQL 15 or newer for data you cannot lose.',
    );
  }
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: config.DATABASE_URL, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    const version = rows[0]?.server_version ?? 'unknown';
    const old = Number.parseInt(version, 10) < 15;
    return old
      ? bad('Database', `PostgreSQL ${version}`, 'Upgrade to PostgreSQL 15 or newer.')
      : good('Database', `PostgreSQL ${version}`);
  } catch (error) {
    return bad(
      'Database',
      messageOf(error),
      'Check DATABASE_URL and that the server accepts connections from here.',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
};

const COMPARES_ALL = 'Documents and reviews are then searched by comparing every row.';

/** Whether the database searches by meaning with an index, or could. */
const vector: Check = async (config) => {
  if (config.DATABASE_URL === undefined) return good('pgvector', 'comes with the embedded database');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: config.DATABASE_URL, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ installed: string | null }>(
      `SELECT installed_version AS installed FROM pg_available_extensions WHERE name = 'vector'`,
    );
    const [offered] = rows;
    if (offered === undefined) return note('pgvector', 'not on this server', `Install it. ${COMPARES_ALL}`);
    if (offered.installed !== null) return good('pgvector', offered.installed);
    const advice = `Attune adds it on its first start where its user may; else run CREATE EXTENSION vector. ${COMPARES_ALL}`;
    return note('pgvector', 'offered, not added to this database', advice);
  } catch {
    return note('pgvector', 'not known', 'The database does not answer.');
  } finally {
    await client.end().catch(() => undefined);
  }
};

const redis: Check = async (config) => {
  if (config.REDIS_URL === undefined) {
    return note(
      'Redis',
      'not configured',
      'Fine for one process. Set REDIS_URL when you run several replicas.',
    );
  }
  const { Redis } = await import('ioredis');
  const client = new Redis(config.REDIS_URL, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 3000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
    return good('Redis', 'answers');
  } catch (error) {
    return bad('Redis', messageOf(error), 'Check REDIS_URL, or unset it to go without.');
  } finally {
    client.disconnect();
  }
};

const trainer: Check = async (config) => {
  const python = trainerPython(config);
  if (await hasTrainer(python)) return good('Trainer', python);
  const found = config.ATTUNE_TRAINER_PYTHON === undefined ? 'not installed' : `${python} lacks its packages`;
  const advice =
    'Only needed for training in PyTorch: `./attune trainer install` (Python 3.11 or newer, about 3 GB).';
  return note('Trainer', found, advice);
};

const disk: Check = async (config) => {
  const folder = dataFolder(config);
  try {
    await makeDataFolder(folder);
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    const gigabytes = (bavail * bsize) / 1e9;
    const found = `${folder}, ${gigabytes.toFixed(1)} GB free`;
    return gigabytes < 1 ? bad('Disk', found, 'Free some space: at least 1 GB.') : good('Disk', found);
  } catch (error) {
    return bad('Disk', messageOf(error), 'Choose another with --data or ATTUNE_DATA.');
  }
};

/** Whether an Attune server answers there, and not something else that answers everything. */
async function isAttune(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) });
    const health: unknown = await response.json();
    return typeof health === 'object' && health !== null && 'version' in health;
  } catch {
    // Nothing that answers, or nothing that we know.
    return false;
  }
}

const port: Check = async (config) => {
  const wanted = config.ATTUNE_PORT;
  const url = `http://127.0.0.1:${wanted}`;
  const taken = await new Promise<string | null>((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.message));
    probe.listen(wanted, config.ATTUNE_HOST, () => probe.close(() => resolve(null)));
  });
  if (taken === null) return good('Port', `${wanted} is free`);
  if (await isAttune(url)) return good('Port', `Attune is running at ${url}`);
  return bad('Port', taken, 'Stop what uses it, or choose another with --port or ATTUNE_PORT.');
};

const models: Check = async (config) => {
  const folder = modelsFolder(config);
  const files = [
    'minilm-static-256/model.safetensors',
    'minilm-static-256/tokenizer.json',
    'all-MiniLM-L6-v2/model_int8.onnx',
    'all-MiniLM-L6-v2/tokenizer.json',
  ];
  const missing: string[] = [];
  for (const file of files) await stat(join(folder, file)).catch(() => missing.push(file));
  if (missing.length === 0) return good('Model files', folder);
  return bad('Model files', `missing: ${missing.join(', ')}`, 'Get a whole clone, or set ATTUNE_MODELS.');
};

const upstream: Check = async (config) => {
  if (config.ATTUNE_UPSTREAM_URL === undefined) {
    return note(
      'Upstream',
      'not configured',
      'Attune answers from documents and recorded answers. Set ATTUNE_UPSTREAM_URL for a model that writes.',
    );
  }
  try {
    const headers = { authorization: `Bearer ${config.ATTUNE_UPSTREAM_API_KEY ?? ''}` };
    const response = await fetch(`${config.ATTUNE_UPSTREAM_URL.replace(/\/$/, '')}/models`, {
      headers,
      signal: AbortSignal.timeout(5000),
    });
    if (response.ok) return good('Upstream', config.ATTUNE_UPSTREAM_URL);
    return bad(
      'Upstream',
      `answers ${response.status}`,
      'Check ATTUNE_UPSTREAM_URL and ATTUNE_UPSTREAM_API_KEY.',
    );
  } catch (error) {
    return bad('Upstream', messageOf(error), 'Check ATTUNE_UPSTREAM_URL.');
  }
};

/** Looks at everything Attune stands on. */
export function examine(config: Config): Promise<Finding[]> {
  return Promise.all(
    [node, database, vector, redis, trainer, disk, port, models, upstream].map((check) => check(config)),
  );
}

const marks = { good: '✓', note: '·', bad: '✗' } as const;

/** The findings as a person reads them. */
export function findingsText(findings: readonly Finding[]): string {
  return findings
    .map(({ what, state, found, advice }) => {
      const line = `  ${marks[state]} ${what.padEnd(12)} ${found}`;
      return advice === '' ? line : `${line}\n    ${''.padEnd(12)} ${advice}`;
    })
    .join('\n');
}
