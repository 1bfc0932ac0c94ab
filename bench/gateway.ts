/**
 * What standing before a model costs: latency and throughput of Attune with its durable log, authentication,
 * validation and selection on, beside the bare upstream, a bare Hono proxy and, when it can be installed, the npm
 * package @portkey-ai/gateway. All in one run, each in a process of its own, taking turns.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withBenchDatabase } from './load/bench-database.ts';
import { type ClosedLoop, closedLoop, type Streamed, streams, type Target } from './load/drive.ts';
import { type FixedRate, fixedRate } from './load/fixed-rate.ts';
import { postBytes } from './load/http-socket.ts';
import { type Running, startProgram } from './load/process.ts';
import { PIECES } from './load/upstream.ts';

const root = join(import.meta.dirname, '..');
const RATE = 1000;
const CONNECTIONS = [1, 16, 64];
const STREAMS = 300;

interface Contender {
  readonly name: string;
  readonly url: URL;
  readonly headers: Record<string, string>;
}

export interface GatewayResult {
  name: string;
  at_1000_per_second: FixedRate;
  closed_loop: ClosedLoop[];
  /** Null where the contender cannot stream. */
  streaming: Streamed | null;
}

function portLine(output: string): string | null {
  const port = /^(\d+)\n/m.exec(output)?.[1];
  return port === undefined ? null : `http://127.0.0.1:${port}`;
}

async function startAttune(
  upstream: URL,
  databaseUrl: string | null,
): Promise<{ running: Running; contender: Contender; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-bench-'));
  const running = await startProgram(
    [join(root, 'apps/server/src/cli/attune.ts'), 'up', '--port', '0', '--data', folder],
    (output) => /running at (http:\S+)/.exec(output)?.[1] ?? null,
    {
      ATTUNE_UPSTREAM_URL: `${upstream.origin}/v1`,
      ATTUNE_LOG_LEVEL: 'warn',
      ATTUNE_CANDIDATES: '1',
      ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    },
  );
  const key = (await readFile(join(folder, 'attune.key'), 'utf8')).trim();
  const name = databaseUrl === null ? 'attune on PGlite' : 'attune on PostgreSQL';
  return {
    running,
    contender: { name, url: running.url, headers: { authorization: `Bearer ${key}` } },
    folder,
  };
}

async function startPortkey(upstream: URL): Promise<{ running: Running; contender: Contender } | null> {
  const folder = join(root, '.attune/bench');
  const entry = join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  if (!existsSync(entry)) {
    await mkdir(folder, { recursive: true });
    const install = [
      'install',
      '--prefix',
      folder,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '@portkey-ai/gateway',
    ];
    try {
      await promisify(execFile)('npm', install);
    } catch (error) {
      process.stderr.write(`@portkey-ai/gateway is left out: ${String(error).slice(0, 200)}\n`);
      return null;
    }
  }
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const running = await startProgram([entry, '--headless', `--port=${port}`], (output) =>
    output.length > 0 ? `http://127.0.0.1:${port}` : null,
  );
  const headers = {
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `${upstream.origin}/v1`,
    authorization: 'Bearer none',
  };
  return { running, contender: { name: '@portkey-ai/gateway (no log)', url: running.url, headers } };
}

function target({ url, headers }: Contender, stream: boolean): Target {
  const body = {
    model: 'bench',
    messages: [{ role: 'user', content: 'Where is the harbour?' }],
    ...(stream ? { stream } : {}),
  };
  return { url, bytes: postBytes(url, '/v1/chat/completions', headers, body) };
}

async function measure(contender: Contender, seconds: number): Promise<GatewayResult> {
  const plain = target(contender, false);
  await closedLoop(plain, 16, Math.min(3, seconds));
  const at_1000_per_second = await fixedRate(plain, RATE, seconds);
  const closed_loop: ClosedLoop[] = [];
  for (const connections of CONNECTIONS) closed_loop.push(await closedLoop(plain, connections, seconds));
  return { name: contender.name, at_1000_per_second, closed_loop, streaming: null };
}

/** Runs the comparison; `seconds` for each measurement. */
export async function gateway({
  seconds = 5,
}: {
  seconds?: number;
} = {}): Promise<{ results: GatewayResult[]; left_out: string[] }> {
  return withBenchDatabase(async (databaseUrl) => {
    const upstream = await startProgram([join(import.meta.dirname, 'load/upstream.ts')], portLine);
    const bare = await startProgram(
      [join(import.meta.dirname, 'load/bare-proxy.ts'), upstream.url.origin],
      portLine,
    );
    const postgres = databaseUrl === null ? null : await startAttune(upstream.url, databaseUrl);
    const embedded = await startAttune(upstream.url, null);
    const portkey = await startPortkey(upstream.url);
    const results: GatewayResult[] = [];
    const left_out: string[] = [];
    try {
      const contenders: Contender[] = [
        { name: 'upstream itself', url: upstream.url, headers: {} },
        { name: 'bare Hono proxy (no log)', url: bare.url, headers: {} },
        ...(postgres === null ? [] : [postgres.contender]),
        embedded.contender,
        ...(portkey === null ? [] : [portkey.contender]),
      ];
      for (const contender of contenders) {
        process.stderr.write(`  ${contender.name}\n`);
        try {
          const result = await measure(contender, seconds);
          results.push(result);
          result.streaming = await streams(target(contender, true), STREAMS, PIECES);
        } catch (error) {
          // Another product that fails under load is a finding, not the end of the run; ours must not fail.
          if (contender.name.startsWith('attune')) throw error;
          const what = results.some(({ name }) => name === contender.name) ? 'streaming through ' : '';
          left_out.push(`${what}${contender.name}: ${String(error).slice(0, 200)}`);
        }
      }
    } finally {
      for (const one of [portkey?.running, postgres?.running, embedded.running, bare, upstream])
        await one?.stop();
      for (const one of [postgres, embedded])
        if (one !== null) await rm(one.folder, { recursive: true, force: true });
    }
    return { results, left_out };
  });
}
