import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { trainerEnvironment, trainerSources } from './trainer-home.ts';

const run = promisify(execFile);

/** What torch and the rest take on the disk. */
const NEEDED_GB = 3;
const PYTHONS = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];
const FITS = 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))';
const PYTHON_ADVICE =
  'Install Python 3.11 or newer with its venv module (Debian and Ubuntu: apt install python3-venv), or uv, and run `./attune trainer install` again.';

const Installed = z.object({ requirements: z.array(z.string()) });

/** The trainer cannot be installed here; `advice` says what would help. */
export class CannotInstall extends Error {
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** Whether some Python here can run the trainer, or uv could get one. */
export async function canInstallTrainer(): Promise<boolean> {
  return (await hasUv()) || (await findPython()) !== null;
}

/**
 * Makes the trainer's environment under .attune/ with the exact versions of trainer/pyproject.toml: by uv where that is
 * present, else by Python's own venv and pip. What is there already is not installed again.
 * @param extras optional parts of the package, as `test`
 * @throws CannotInstall
 */
export async function installTrainer(extras: readonly string[], say: (line: string) => void): Promise<void> {
  const uv = await hasUv();
  const python = join(trainerEnvironment, 'bin/python');
  const wanted = await requirements(extras);
  const there = await installed();
  const missing = wanted.filter((requirement) => !there.includes(requirement));
  if (missing.length === 0) return say('Everything is installed already.');
  const torch = missing.find((requirement) => requirement.startsWith('torch=='));
  if (torch !== undefined) await requireRoom();
  if (there.length === 0) await makeEnvironment(uv, say);
  const pip = uv ? ['uv', 'pip', 'install', '--quiet', '--python', python] : [python, ...PIP_INSTALL];
  // Alone and first: it is by far the largest, and says best by itself what is wrong.
  if (torch !== undefined) await install(pip, [torch], say);
  await keep([...there, ...(torch === undefined ? [] : [torch])]);
  const rest = missing.filter((requirement) => requirement !== torch);
  if (rest.length > 0) await install(pip, rest, say);
  await keep([...there, ...missing]);
  say(`The trainer is installed in ${trainerEnvironment}.`);
}

const PIP_INSTALL = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
const STAMP = join(trainerEnvironment, 'installed.json');

async function installed(): Promise<string[]> {
  const text = await readFile(STAMP, 'utf8').catch(() => '{"requirements":[]}');
  return Installed.parse(JSON.parse(text)).requirements;
}

async function keep(requirements: readonly string[]): Promise<void> {
  await writeFile(STAMP, JSON.stringify({ requirements }));
}

async function hasUv(): Promise<boolean> {
  return await run('uv', ['--version']).then(
    () => true,
    () => false,
  );
}

/** The first Python of a version that will do; null where there is none. */
async function findPython(): Promise<string | null> {
  for (const python of PYTHONS) {
    const fits = await run(python, ['-c', FITS]).then(
      () => true,
      () => false,
    );
    if (fits) return python;
  }
  return null;
}

async function requireRoom(): Promise<void> {
  const folder = dirname(trainerEnvironment);
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / 1e9;
  if (free >= NEEDED_GB) return;
  throw new CannotInstall(
    `The trainer takes about ${NEEDED_GB} GB and ${folder} has ${free.toFixed(1)} GB free.`,
    'Make room, or set ATTUNE_TRAINER_PYTHON to a Python elsewhere that has its packages.',
  );
}

async function makeEnvironment(uv: boolean, say: (line: string) => void): Promise<void> {
  say(`Making a Python environment in ${trainerEnvironment}`);
  const python = await findPython();
  if (uv)
    return await must(['uv', 'venv', '--quiet', '--clear', '--python', python ?? '3.12', trainerEnvironment]);
  if (python === null) throw new CannotInstall('There is no Python 3.11 or newer here.', PYTHON_ADVICE);
  await must([python, '-m', 'venv', '--clear', trainerEnvironment], PYTHON_ADVICE);
}

async function install(pip: readonly string[], what: readonly string[], say: (line: string) => void) {
  const started = performance.now();
  say(`Installing ${what.length === 1 ? what[0] : `${what.length} packages`} …`);
  await must(
    [...pip, ...what],
    'Check that the package index can be reached, then run `./attune trainer install` again.',
  );
  say(`  done in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** Runs a program to its end. @throws CannotInstall with the last that it said */
async function must([command = '', ...args]: readonly string[], advice = ''): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      said = (said + part).slice(-4000);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  const last = said.trim().split('\n').slice(-5).join('\n');
  throw new CannotInstall(`${command} ${args[0] ?? ''} ended with ${code}:\n${last}`, advice);
}

/** The exact versions that the trainer and its extras need, as its pyproject.toml names them. */
async function requirements(extras: readonly string[]): Promise<string[]> {
  const text = await readFile(join(trainerSources, 'pyproject.toml'), 'utf8');
  return ['dependencies', ...extras].flatMap((name) => listIn(text, name));
}

/** The texts of a list in TOML; ours are one to a line or all on one. */
function listIn(toml: string, name: string): string[] {
  const list = new RegExp(`^${name} = \\[(.*?)\\]\\s*$`, 'ms').exec(toml)?.[1];
  if (list === undefined) throw new Error(`trainer/pyproject.toml has no list ${name}`);
  return [...list.matchAll(/"([^"]+)"/g)].map(([, text]) => text ?? '');
}
