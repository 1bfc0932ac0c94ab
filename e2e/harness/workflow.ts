import { execFile } from 'node:child_process';
import { appendFile, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { ownEnvironment } from './own-environment.ts';

const Environment = z.record(z.string(), z.string()).default({});
const Step = z.object({
  name: z.string().optional(),
  id: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: Environment,
});
const Workflow = z.object({
  env: Environment,
  jobs: z.record(
    z.string(),
    z.object({
      needs: z.string().optional(),
      environment: z.string().optional(),
      outputs: Environment,
      steps: z.array(Step),
    }),
  ),
});

type Values = ReadonlyMap<string, string>;

/** What a run of a workflow left behind. */
export interface WorkflowRun {
  /** Names of the steps that ran, in their order. */
  readonly ran: readonly string[];
  /** The step that failed, and what it printed. */
  readonly failed: { readonly step: string; readonly output: string } | null;
  /** Markdown of the run's summary page. */
  readonly summary: string;
  /** By job and name. */
  readonly outputs: Values;
}

/**
 * Runs the `run:` steps of a GitHub Actions workflow here, job after job, as a runner would: with the same shell, files
 * and expressions of the forms `a.b || 'c'`. Steps that use an action are left out; `attune` is this checkout's.
 * @param values of `vars.…` and `secrets.…`
 */
export async function runWorkflow(file: string, folder: string, values: Values): Promise<WorkflowRun> {
  const { env, jobs } = Workflow.parse(parse(await readFile(file, 'utf8')));
  const known = new Map(values);
  const ran: string[] = [];
  let failed: WorkflowRun['failed'] = null;
  const summary = join(folder, 'summary.md');
  await writeFile(summary, '');
  for (const [name, job] of Object.entries(jobs)) {
    const workspace = join(folder, name);
    await layOut(workspace);
    const runner = { workspace, summary, env: filled(env, known) };
    for (const step of job.steps) {
      if (step.run === undefined || failed !== null) continue;
      const title = step.name ?? step.run;
      ran.push(title);
      const output = await runStep(step.run, runner, filled(step.env, known));
      if (output !== null) failed = { step: title, output };
      for (const [key, value] of await pairsIn(join(workspace, 'output'), step.id))
        known.set(`steps.${step.id}.outputs.${key}`, value);
    }
    for (const [key, value] of Object.entries(filled(job.outputs, known)))
      known.set(`needs.${name}.outputs.${key}`, value);
  }
  return { ran, failed, summary: await readFile(summary, 'utf8'), outputs: known };
}

const cli = join(import.meta.dirname, '../../apps/server/src/cli/attune.ts');

/** A checkout as the workflow makes it: the command line beside the user's own files. */
async function layOut(workspace: string): Promise<void> {
  const command = join(workspace, 'attune/attune');
  await mkdir(dirname(command), { recursive: true });
  await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
  await chmod(command, 0o755);
  await writeFile(join(workspace, 'path'), '');
}

interface Runner {
  readonly workspace: string;
  readonly summary: string;
  readonly env: Record<string, string>;
}

/** Null when the step ended well, else what it said. */
async function runStep(
  script: string,
  { workspace, summary, env }: Runner,
  own: Record<string, string>,
): Promise<string | null> {
  const added = (await readFile(join(workspace, 'path'), 'utf8')).split('\n').filter((line) => line !== '');
  const path = [...added, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  const github = {
    GITHUB_PATH: join(workspace, 'path'),
    GITHUB_OUTPUT: join(workspace, 'output'),
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
  };
  await writeFile(github.GITHUB_OUTPUT, '');
  await appendFile(github.GITHUB_PATH, '');
  const options = { cwd: workspace, env: { ...ownEnvironment(), PATH: path, ...env, ...github, ...own } };
  const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script];
  return await promisify(execFile)('bash', args, options).then(
    () => null,
    (error: { stdout?: string; stderr?: string }) => `${error.stdout ?? ''}${error.stderr ?? ''}`,
  );
}

async function pairsIn(file: string, step: string | undefined): Promise<[string, string][]> {
  if (step === undefined) return [];
  return (await readFile(file, 'utf8')).split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf('=');
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
  });
}

/** Values with their expressions replaced; what is not known is empty, as on a runner. */
function filled(texts: Record<string, string>, known: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => evaluated(expression, known)),
    ]),
  );
}

function evaluated(expression: string, known: Values): string {
  for (const part of expression.split('||').map((one) => one.trim())) {
    const literal = /^'(.*)'$/.exec(part)?.[1];
    const value = literal ?? known.get(part) ?? '';
    if (value !== '') return value;
  }
  return '';
}
