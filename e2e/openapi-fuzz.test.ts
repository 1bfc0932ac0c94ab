import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { type Endpoint, endpoints } from '@attune/contracts';
import { deployRewardModel } from './harness/reward-model.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

/** The command, where it has another name or place. */
const tool = process.env.ATTUNE_SCHEMATHESIS ?? 'schemathesis';
const EXAMPLES = '15';
const LONGEST_MS = 240_000;
// Answers' bodies are not checked here: schemathesis rewrites tuples (`prefixItems`) into what it then refuses itself.
const checks = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance'];

async function missing(): Promise<string | false> {
  try {
    await promisify(execFile)(tool, ['--version']);
    return false;
  } catch (error) {
    return `no schemathesis here (pip install schemathesis): ${error instanceof Error ? error.message.split('\n')[0] : error}`;
  }
}

test('whatever fits or misses the OpenAPI document gets an answer that it describes, and no 5xx', {
  skip: await missing(),
}, async (t) => {
  const server = await startProcess(await tempFolder(), { ATTUNE_FEEDBACK_PER_MINUTE: '100000' });
  t.after(() => server.stop());
  // With a model in place, ranking and scoring do their work instead of saying that they cannot.
  await deployRewardModel(server.client, 'fuzzed', 30);
  // A stream of events ends when the client leaves: nothing that can be generated against.
  const streams = Object.values<Endpoint>(endpoints).filter(({ answers }) => answers === 'sse');
  const child = spawn(
    tool,
    [
      ...['run', `${server.url}/openapi.json`, '-H', `Authorization: Bearer ${server.key}`],
      ...['--checks', checks.join(','), '--phases', 'coverage,fuzzing', '--max-examples', EXAMPLES],
      ...[
        '--continue-on-failure',
        '--no-shrink',
        '--request-timeout',
        '20',
        '--seed',
        '1',
        '--warnings',
        'off',
      ],
      ...streams.flatMap(({ id }) => ['--exclude-operation-id', id]),
    ],
    { cwd: await tempFolder(), stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_MS },
  );
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [output, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  assert.equal(code, 0, `${output}\n${complaints}`);
  t.diagnostic(/\d+ generated, \d+ passed/.exec(output)?.[0] ?? 'no count');
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200, 'healthy at the end');
});
