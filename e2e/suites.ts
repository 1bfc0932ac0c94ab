/**
 * `./attune test [suite …]`: everything that passes or fails, one suite after the other, with a sum at the end.
 */
import { spawn } from 'node:child_process';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { trainerPython, trainerSources } from '../apps/server/src/trainer-home.ts';
import { canInstallTrainer, installTrainer } from '../apps/server/src/trainer-install.ts';

const root = join(import.meta.dirname, '..');

interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}

/** Takes what a suite prints. */
type Print = (text: string) => void;

interface Suite {
  readonly name: string;
  readonly run: (print: Print) => Promise<Outcome>;
  /** Begins with the first suite, on a core that the others leave, and is told of at its turn. */
  readonly early?: true;
}

function run(
  print: Print,
  command: string,
  args: readonly string[],
  cwd = root,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
      print(String(chunk));
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A tool that says yes or no counts as one test. */
function check(name: string, tool: string, ...args: string[]): Suite {
  return {
    name,
    run: async (print) => {
      const { code } = await run(print, join(root, 'node_modules/.bin', tool), args);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
    },
  };
}

/** Counts of Node's test runner, read from its closing lines; a runner that died counts as a failure. */
function countsOf(output: string, code: number): Outcome {
  const count = (word: string) => {
    const matches = [...output.matchAll(new RegExp(`^(?:# |ℹ )${word} (\\d+)$`, 'gm'))];
    return Number(matches.at(-1)?.[1] ?? 0);
  };
  const failed = count('fail') + count('cancelled');
  return {
    passed: count('pass'),
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: count('skipped') + count('todo'),
  };
}

/** A file that never ends fails after ten minutes, and the others go on. */
const HANGING = '--test-timeout=600000';

/** Test files under Node's own runner; each file has a process of its own. */
function tests(name: string, ...patterns: string[]): Suite {
  return {
    name,
    run: async (print) => {
      const files: string[] = [];
      for await (const file of glob(patterns, {
        cwd: root,
        exclude: (path) => path.includes('node_modules'),
      })) {
        files.push(file);
      }
      // Where there can be no trainer its own suite fails, and those that need it skip.
      await preparing?.catch(() => null);
      const args = ['--test', '--test-reporter=spec', '--test-concurrency=2', HANGING, ...files.sort()];
      const { code, output } = await run(print, process.execPath, args);
      return countsOf(output, code);
    },
  };
}

/** Counts of pytest, from its closing line: "3 failed, 40 passed, 2 skipped in 9.1s"; a run that died is a failure. */
function pytestCounts(output: string, code: number): Outcome {
  const last = output.trim().split('\n').at(-1) ?? '';
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(last)?.[1] ?? 0);
  const failed = count('failed') + count('errors?');
  return {
    passed: count('passed'),
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: count('skipped') + count('xfailed'),
  };
}

/** The Python that runs the trainer: the one that the setting names, else its own, made where it is absent. */
async function preparedPython(print: Print): Promise<string | null> {
  const given = process.env.ATTUNE_TRAINER_PYTHON;
  if (given === undefined) {
    if (!(await canInstallTrainer())) return null;
    await installTrainer(['test'], (line) => print(`${line}\n`));
  }
  return trainerPython({ ATTUNE_TRAINER_PYTHON: given });
}

/** Under way from the beginning of the trainer's suite; others that start the trainer wait for it. */
let preparing: Promise<string | null> | undefined;

/** The trainer's linter and tests. */
const trainer: Suite = {
  name: 'trainer',
  early: true,
  run: async (print) => {
    preparing = preparedPython(print);
    const python = await preparing;
    if (python === null) {
      print('skipped: there is no Python 3.11 or newer with pip here\n');
      return { passed: 0, failed: 0, skipped: 1 };
    }
    const lint = await run(print, python, ['-m', 'ruff', 'check', '.'], trainerSources);
    const { code, output } = await run(print, python, ['-m', 'pytest', '-q'], trainerSources);
    const { passed, failed, skipped } = pytestCounts(output, code);
    const linted = lint.code === 0 ? 1 : 0;
    return { passed: passed + linted, failed: failed + 1 - linted, skipped };
  },
};

const suites: readonly Suite[] = [
  check('lint', 'biome', 'ci', '.'),
  check('types', 'tsc', '--noEmit'),
  check('web types', 'tsc', '--noEmit', '-p', 'apps/web'),
  check('react types', 'tsc', '--noEmit', '-p', 'packages/react'),
  check('example types', 'tsc', '--noEmit', '-p', 'examples/react-ai-sdk'),
  check('web build', 'vite', 'build', 'apps/web', '--logLevel', 'warn'),
  check('imports', 'depcruise', '--config', '.dependency-cruiser.json', 'packages', 'apps', 'e2e', 'bench'),
  check('unused', 'knip'),
  tests('unit', 'packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'bench/*.test.ts'),
  tests('e2e', 'e2e/**/*.test.ts'),
  trainer,
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}; there are ${suites.map((suite) => suite.name).join(', ')}.`);
  process.exit(2);
}

const total: Outcome = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const begun = new Map(chosen.filter(({ early }) => early).map((suite) => [suite, begin(suite)]));
for (const suite of chosen) {
  console.log(`\n── ${suite.name}`);
  const { outcome, tell } = begun.get(suite) ?? begin(suite);
  tell();
  const { passed, failed, skipped, seconds } = await outcome;
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  lines.push(
    `${suite.name.padEnd(10)} ${passed} passed, ${failed} failed, ${skipped} skipped  (${seconds} s)`,
  );
}
console.log(`\n${lines.join('\n')}\n`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);

/** Begins a suite; what it prints waits until `tell`. */
function begin({ run: work }: Suite) {
  const waiting: string[] = [];
  let print: Print = (text) => void waiting.push(text);
  const started = performance.now();
  const broken = (error: unknown): Outcome => {
    print(`${error}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  };
  const outcome = work((text) => print(text))
    .catch(broken)
    .then((counts) => ({ ...counts, seconds: ((performance.now() - started) / 1000).toFixed(0) }));
  const tell = () => {
    print = (text) => void process.stdout.write(text);
    print(waiting.join(''));
  };
  return { outcome, tell };
}
