import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ExportFormat, ImportResult } from '@attune/contracts';
import { ExportFormat as ExportFormats, SplitStrategy } from '@attune/contracts';
import { Command, Option } from 'commander';
import { version } from '../version.ts';
import { adminLink } from './admin-link.ts';
import { alertsText } from './alerts.ts';
import { bench, benches } from './bench.ts';
import { blendText } from './blend.ts';
import { connect } from './connect.ts';
import type { DemoOptions } from './demo/demo.ts';
import { examine, findingsText } from './doctor.ts';
import { evaluate, leftOutText } from './evaluate.ts';
import { experimentNamed, experiments, experimentsText, experimentText } from './experiments.ts';
import { exportText } from './export.ts';
import { reportFailure, UsageError } from './failure.ts';
import { gatesOfModel, gatesText } from './gates.ts';
import { importFile, importKinds, importText } from './import.ts';
import { dryRunText, importByMapping, lookAt } from './import-auto.ts';
import { importedText } from './imported-preferences.ts';
import { doubtText, modelsText, rampText } from './models.ts';
import { evaluateOffPolicy, type OffPolicyOptions, offPolicyText } from './off-policy.ts';
import { type Progress, startProgress } from './progress.ts';
import { guardOf, rampDetails, stepOf } from './ramps.ts';
import { makeReport } from './report.ts';
import { rerankFile } from './rerank.ts';
import { lookText, retrainingRules, ruleNamed, rulesText } from './retrain.ts';
import { type ShadowOptions, shadowOfModel, shadowText } from './shadow.ts';
import { plannedText, type SimulateOptions, simulateExperiment } from './simulate.ts';
import { estimateText } from './table.ts';
import { train } from './train.ts';
import { checkTrainer, install } from './trainer.ts';
import { configFor, up } from './up.ts';

interface Common {
  json?: boolean;
  data?: string;
}

const program = new Command('attune')
  .description('Turns feedback into better answers.')
  .version(version)
  .showHelpAfterError()
  .configureHelp({ sortSubcommands: false });

interface DeployOptions {
  full?: boolean;
  force?: boolean;
  reason?: string;
  step?: string[];
  guard?: string[];
}

/** A verb that talks to a running server; prints JSON with --json, else what `text` makes of the result. */
function verb(signature: string, description: string): Command {
  return program
    .command(signature)
    .description(description)
    .option('--json', 'print the result as JSON')
    .option('--data <dir>', 'data folder of the server on this machine (ATTUNE_DATA)');
}

function print<Result>(result: Result, json: boolean | undefined, text: (result: Result) => string): void {
  process.stdout.write(json === true ? `${JSON.stringify(result)}\n` : `${text(result)}\n`);
}

const client = (options: Common) => connect(configFor({ data: options.data }));

program
  .command('up')
  .description('start the server')
  .option('--port <port>', 'port to listen on (ATTUNE_PORT)')
  .option('--host <address>', 'address to listen on (ATTUNE_HOST)')
  .option('--data <dir>', 'data folder (ATTUNE_DATA)')
  .action(up);

program
  .command('demo')
  .description('start the server and run the whole loop on the shipped corpus')
  .option('--port <port>', 'port to listen on (ATTUNE_PORT)')
  .option('--data <dir>', 'data folder; ./data/demo unless given')
  .addOption(
    new Option('--embedder <embedder>', "embedder of Attune's reward model; static is done in a minute")
      .choices(['static', 'minilm'])
      .default('minilm'),
  )
  .option('--exit', 'stop after the table')
  .option('--json <file>', 'write every figure to a file')
  .action(async (options: DemoOptions) => {
    const { demo } = await import('./demo/demo.ts');
    await demo(options);
  });

verb('doctor', 'say what is present and what to do about what is not').action(async (options: Common) => {
  const findings = await examine(configFor({ data: options.data }));
  print(findings, options.json, findingsText);
  if (findings.some(({ state }) => state === 'bad')) process.exitCode = 1;
});

verb('admin-link', 'make a new one-time sign-in link for the admin').action(async (options: Common) => {
  print(await adminLink(await client(options)), options.json, ({ sign_in_url }) => sign_in_url);
});

verb(
  'import <kind> <file>',
  `import a CSV or JSONL file of ${importKinds.join(', ')}; auto recognises exports of Argilla, Label Studio, LangSmith and Langfuse`,
)
  .option('--dry-run', 'with auto: only say what would be imported')
  .option('--mapping <file>', 'with auto: JSON that says where fields stand, as a dry run prints it')
  .action(async (kind: string, file: string, options: ImportOptions) => {
    if (kind === 'auto') return await importAuto(file, options);
    const known = importKinds.find((name) => name === kind);
    if (known === undefined) {
      throw new UsageError(`Cannot import ${kind}.`, `There are auto, ${importKinds.join(', ')}.`);
    }
    const progress = startProgress(`Import ${known}`, options.json);
    finishImport(await importFile(await client(options), known, file, progress), progress, options);
  });

interface ImportOptions extends Common {
  dryRun?: boolean;
  mapping?: string;
}

async function importAuto(file: string, options: ImportOptions): Promise<void> {
  const api = await client(options);
  const seen = await lookAt(api, file, options.mapping);
  if (options.dryRun) return print(seen, options.json, dryRunText);
  const { mapping, needs } = seen;
  const missing = needs.filter((field) => mapping.fields[field] === undefined);
  if (missing.length > 0) {
    throw new UsageError(
      `Cannot tell where ${missing.join(' and ')} stand in ${file}.`,
      'Say so in a mapping: see `--dry-run --json`, then give it with --mapping.',
    );
  }
  const progress = startProgress(`Import ${mapping.format} as ${mapping.target}`, options.json);
  finishImport(await importByMapping(api, mapping, file, progress), progress, options);
}

function finishImport(result: ImportResult, progress: Progress, { json }: Common): void {
  progress.finish(`${result.imported} imported, ${result.already_there} there already`);
  print(result, json, importText);
  if (result.errors.length > 0) process.exitCode = 1;
}

verb('prepare', 'make a frozen data set from unused feedback')
  .option('--name <name>', 'name of the data set')
  .option('--minimum <n>', 'refuse below this many usable feedbacks', Number)
  .option('--include-used', 'take feedback that is in an earlier data set too')
  .addOption(
    new Option('--split <strategy>', 'how to hold out').choices(SplitStrategy.options).default('stratified'),
  )
  .option('--seed <n>', 'seed', Number, 1)
  .action(
    async (
      options: Common & {
        name?: string;
        minimum?: number;
        includeUsed?: boolean;
        split: (typeof SplitStrategy.options)[number];
        seed: number;
      },
    ) => {
      const dataset = await (await client(options)).prepareDataset({
        body: {
          ...(options.name === undefined ? {} : { name: options.name }),
          ...(options.minimum === undefined ? {} : { minimum: options.minimum }),
          include_used: options.includeUsed ?? false,
          split: options.split,
          seed: options.seed,
        },
      });
      print(dataset, options.json, ({ name, id, sample_count, pair_count, report }) =>
        [
          `  ${name} (${id}): ${sample_count} ratings, ${pair_count} pairs`,
          ...(report?.dropped ?? []).map(({ reason, count }) => `  left out ${count}: ${reason}`),
        ].join('\n'),
      );
    },
  );

verb('train <what>', 'train a model; <what> is reward, or policy with --settings')
  .requiredOption('--dataset <name>', 'name or id of a frozen data set')
  .option('--name <name>', 'name of the model', 'reward')
  .addOption(new Option('--recipe <recipe>', 'recipe').choices(['plain', 'attune']).default('attune'))
  .addOption(new Option('--embedder <embedder>', 'embedder').choices(['static', 'minilm']).default('static'))
  .option('--seed <n>', 'seed', Number, 1)
  .option('--length-controlled', "rewards that do not rise or fall with length (Attune's recipe)")
  .option(
    '--settings <file>',
    'JSON of a job as POST /api/fine-tuning/jobs takes it: provider, runner, recipe …',
  )
  .action(
    async (
      what: string,
      options: Common & {
        dataset: string;
        name: string;
        recipe: 'plain' | 'attune';
        embedder: 'static' | 'minilm';
        seed: number;
        lengthControlled?: boolean;
        settings?: string;
      },
    ) => {
      if (what !== 'reward' && (what !== 'policy' || options.settings === undefined)) {
        throw new UsageError(
          `Cannot train ${what}.`,
          'There are: attune train reward, attune train policy --settings FILE.',
        );
      }
      const api = await client(options);
      const progress = startProgress('Train', options.json);
      const { model, job } = await train(api, options, progress);
      progress.finish(model.model_id);
      const dataset = await api.getDataset({ params: { id: job.dataset_id } });
      const result = { model: model.model_id, dataset: dataset.name, metrics: model.performance_metrics };
      print(result, options.json, ({ metrics }) => JSON.stringify(metrics, null, 2));
      for (const doubt of model.doubts) process.stderr.write(`attune: ${doubtText[doubt]}\n`);
    },
  );

verb('evaluate', 'measure a reward model on a file it was not trained on')
  .requiredOption('--model <name>', 'name, name@version or id')
  .option('--ratings <file>', 'CSV or JSONL of rated answers')
  .option('--pairs <file>', 'CSV or JSONL of preference pairs')
  .action(async (options: Common & { model: string; ratings?: string; pairs?: string }) => {
    const { metrics, excluded_training_queries } = await evaluate(await client(options), options);
    print({ ...metrics, excluded_training_queries }, options.json, (m) =>
      [
        `  n              ${m.n} rows, ${m.queries} queries${leftOutText(m.excluded_training_queries)}`,
        `  accuracy       ${estimateText(m.accuracy)} (majority ${estimateText(m.baselines.majority.accuracy)})`,
        `  AUC            ${estimateText(m.auc)} (length ${estimateText(m.baselines.length.auc)})`,
        `  pair accuracy  ${estimateText(m.pair_accuracy)} (length ${estimateText(m.baselines.length.pair_accuracy)})`,
        `  best of n      ${estimateText(m.best_of_n?.mean_rating)} (random ${estimateText(m.best_of_n?.random)}, best possible ${estimateText(m.best_of_n?.oracle)})`,
      ].join('\n'),
    );
  });

verb(
  'blend <model> <other>',
  'register two reward models as one, weighed on held-out questions of a data set',
)
  .requiredOption('--dataset <name>', 'frozen data set, whose validation split is taken')
  .option('--name <name>', 'name of the blend', 'blend')
  .action(async (model: string, other: string, options: Common & { dataset: string; name: string }) => {
    const { dataset, name } = options;
    const body = { models: [model, other] as [string, string], dataset, name };
    print(await (await client(options)).blendModels({ body }), options.json, blendText);
  });

verb('rerank <file>', 'rank candidates: JSONL rows of {query, candidates} in, the same with scores out')
  .option('--model <name>', 'reward model; the live one unless given')
  .action(async (file: string, options: Common & { model?: string }) => {
    await rerankFile(await client(options), file, options.model, (row) =>
      process.stdout.write(`${JSON.stringify(row)}\n`),
    );
  });

verb('export <dataset>', 'write a frozen data set in a training format')
  .addOption(
    new Option('--format <format>', 'format').choices(ExportFormats.options).default('trl_preference'),
  )
  .addOption(new Option('--split <split>', 'part').choices(['all', 'train', 'validation']).default('all'))
  .option('--out <file>', 'where to write it; its own name unless given')
  .option('--no-mask', 'leave personal data in')
  .action(
    async (
      dataset: string,
      options: Common & {
        format: ExportFormat;
        split: 'all' | 'train' | 'validation';
        out?: string;
        mask: boolean;
      },
    ) => {
      const api = await client(options);
      const body = { format: options.format, split: options.split, mask_pii: options.mask };
      const exported = await api.exportDataset({ params: { id: dataset }, body });
      const { id } = await api.getDataset({ params: { id: dataset } });
      const bytes = await api.downloadExport({ params: { id, sha256: exported.sha256 } });
      // Only its last part: where it is written is for whoever calls to say.
      const file = options.out ?? basename(exported.file_name);
      await writeFile(file, bytes);
      print({ ...exported, file }, options.json, exportText);
    },
  );

verb('models', 'list trained models').action(async (options: Common) => {
  const page = await (await client(options)).listModels({ query: { limit: 200 } });
  print(page.items, options.json, modelsText);
});

verb('gates <model>', 'say what a model is asked before it gets traffic; exits with 1 where that refuses it')
  .option('--measure', 'measure it first')
  .action(async (model: string, options: Common & { measure?: boolean }) => {
    const gates = await gatesOfModel(await client(options), model, { measure: options.measure ?? false });
    print(gates, options.json, gatesText);
    if (gates.refusing.length > 0) process.exitCode = 1;
  });

verb('shadow <model>', 'say what a model shows that scores live traffic unseen; --share starts it')
  .option('--start', 'start it on a tenth of the answers')
  .option('--share <share>', 'start it on this share of the answers, 0.1 for a tenth', Number)
  .option('--per-hour <n>', 'score at most so many answers an hour; 600 unless given', Number)
  .option('--most <n>', 'end after so many answers; 2000 unless given', Number)
  .option('--stop', 'stop it')
  .action(async (model: string, options: Common & ShadowOptions) => {
    print(await shadowOfModel(await client(options), model, options), options.json, shadowText);
  });

verb('off-policy <model>', 'say what a model would have had in the last days, from logged propensities')
  .option('--days <n>', 'days back', Number, 7)
  .option('--answers <n>', 'answers with feedback to score at most; 500 unless given', Number)
  .addOption(new Option('--strategy <strategy>', 'how it would choose').choices(['best', 'weighted']))
  .option(
    '--threshold <reward>',
    "reward that its answers would have to reach; the server's unless given",
    Number,
  )
  .option('--weight <weight...>', 'DIMENSION:WEIGHT, as a request could ask for')
  .action(async (model: string, options: Common & OffPolicyOptions) => {
    print(await evaluateOffPolicy(await client(options), model, options), options.json, offPolicyText);
  });

verb('deploy <model>', 'give a model traffic in steps')
  .option('--full', 'all traffic at once')
  .option('--force', 'although gates refuse it; for admins, with --reason')
  .option('--reason <text>', 'why it is right all the same')
  .option('--step <step...>', 'SHARE:SECONDS:ANSWERS, the share in percent; the last step is 100')
  .option('--guard <guard...>', 'METRIC:MARGIN or METRIC:MARGIN:PEOPLE, in place of the usual guards')
  .action(async (model: string, options: Common & DeployOptions) => {
    const { full = false, force = false, reason, step, guard } = options;
    const body = {
      full,
      force,
      ...(reason !== undefined && { reason }),
      ...(step !== undefined && { steps: step.map(stepOf) }),
      ...(guard !== undefined && { guards: guard.map(guardOf) }),
    };
    print(await (await client(options)).deployModel({ params: { id: model }, body }), options.json, rampText);
  });

verb('ramp', 'say how the newest deployment stands, what was seen of it and decided about it').action(
  async (options: Common) => {
    const { items } = await (await client(options)).listRamps({ query: { limit: 1 } });
    print(items[0] ?? null, options.json, rampDetails);
  },
);

verb('pause <model>', 'hold the ramp of a model where it is; its guards go on watching').action(
  async (model: string, options: Common) => {
    print(await (await client(options)).pauseRamp({ params: { id: model } }), options.json, rampText);
  },
);

verb('resume <model>', 'let the paused ramp of a model go on').action(
  async (model: string, options: Common) => {
    print(await (await client(options)).resumeRamp({ params: { id: model } }), options.json, rampText);
  },
);

verb('rollback <model>', 'send all traffic back to the model before')
  .option('--reason <text>', 'for the audit log', 'by hand')
  .action(async (model: string, options: Common & { reason: string }) => {
    const body = { reason: options.reason };
    print(
      await (await client(options)).rollbackModel({ params: { id: model }, body }),
      options.json,
      rampText,
    );
  });

verb('experiments', 'list experiments, newest first').action(async (options: Common) => {
  print(await experiments(await client(options)), options.json, experimentsText);
});

verb('experiment <id>', 'say how an experiment stands; <id> is its id or name').action(
  async (id: string, options: Common) => {
    print(await experimentNamed(await client(options), id), options.json, experimentText);
  },
);

program
  .command('simulate <what>')
  .description('plan something and say what plans like it gave; <what> is experiment')
  .requiredOption('--rate <n>', 'reactions a day', Number)
  .requiredOption('--effect <share>', 'what is to be found, relative: 0.05 is 5 % more', Number)
  .requiredOption('--baseline <share>', 'share of reactions that are satisfied now', Number)
  .option('--split <share>', 'share that gets the treatment', Number, 0.5)
  .option('--seed <n>', 'seed', Number, 1)
  .option('--json', 'print the result as JSON')
  .action((what: string, { json, ...plan }: SimulateOptions & { json?: boolean }) => {
    if (what !== 'experiment') {
      throw new UsageError(`Cannot simulate ${what}.`, 'There is: attune simulate experiment.');
    }
    print(simulateExperiment(plan), json, plannedText);
  });

verb('report', 'make a report on the last 7 days: what changed, what people said, what to do')
  .option('--month', 'on the last 30 days')
  .addOption(new Option('--format <format>', 'how to print it').choices(['md', 'html']).default('md'))
  .action(async (options: Common & { month?: boolean; format: 'md' | 'html' }) => {
    const kind = options.month === true ? 'month' : 'week';
    print(await makeReport(await client(options), kind, options.format), options.json, ({ text }) => text);
  });

verb('alerts', 'list open alerts, or all of them')
  .option('--all', 'resolved ones too')
  .action(async (options: Common & { all?: boolean }) => {
    const query = { limit: 200, ...(options.all === true ? {} : { state: 'firing' as const }) };
    const { items } = await (await client(options)).listAlerts({ query });
    print(items, options.json, alertsText);
  });

verb('retrain <what> [rule]', 'rules that retrain by themselves; <what> is rules, dry-run or run').action(
  async (what: string, name: string | undefined, options: Common) => {
    const api = await client(options);
    if (what === 'rules') return print(await retrainingRules(api), options.json, rulesText);
    if (what !== 'dry-run' && what !== 'run') {
      throw new UsageError(`Cannot ${what}.`, 'There are rules, dry-run RULE and run RULE.');
    }
    const { id } = await ruleNamed(api, name ?? '');
    if (what === 'dry-run')
      return print(await api.dryRunRetraining({ params: { id } }), options.json, lookText);
    print(await api.runRetraining({ params: { id } }), options.json, (rule) => rulesText([rule]));
  },
);

verb('import-preferences <job>', 'bring the AI preferences of a constitutional run into review').action(
  async (job: string, options: Common) => {
    const result = await (await client(options)).importPreferences({ params: { id: job } });
    print(result, options.json, importedText);
  },
);

const trainer = program.command('trainer').description('the PyTorch trainer on this machine');

trainer
  .command('install')
  .description('install it into .attune/trainer, with uv or pip; takes about 3 GB')
  .option('--with <extra...>', 'optional parts: test, ray', [])
  .action(async (options: { with: string[] }) => install(options.with));

trainer
  .command('check')
  .description('say whether it is there, its versions and its device')
  .option('--json', 'print the result as JSON')
  .action(async (options: Common) => {
    print(await checkTrainer(configFor({})), options.json, (found) =>
      Object.entries(found)
        .map(([name, value]) => `  ${name.padEnd(14)} ${value}`)
        .join('\n'),
    );
  });

program
  .command('bench <what>')
  .description(
    `measure speed and quality side by side with what a user would use instead: ${benches.join(', ')}`,
  )
  .option('--json', 'print on one line')
  .option('--seconds <n>', 'seconds a measurement (gateway)', Number)
  .option(
    '--rows <n>',
    'rows in the table (feedback, review), items in the queue (interactions), questions of the corpus (quality)',
    Number,
  )
  .action(async (what: string, options: { json?: boolean; seconds?: number; rows?: number }) => {
    const { json, ...scale } = options;
    print(await bench(what, scale), json, (result) => JSON.stringify(result, null, 2));
  });

// Whoever reads what is printed may have had enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const asJson = process.argv.includes('--json');
try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error, asJson);
  process.exitCode = 1;
}
