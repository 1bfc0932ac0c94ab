import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

interface Setting<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly doc: string;
  /** Shown in `.env.example` where the default is nothing. */
  readonly example?: string;
}

function setting<Schema extends z.ZodType>(schema: Schema, doc: string, example?: string): Setting<Schema> {
  return example === undefined ? { schema, doc } : { schema, doc, example };
}

const flag = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'])
  .transform((v) => ['true', '1', 'yes'].includes(v));
const whole = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);
const webAddress = z.url({ protocol: /^https?$/ });

const Cost = z.string().trim().min(1).transform(Number).pipe(z.number().min(0));
const Price = z.tuple([z.string().trim().min(1), z.object({ input: Cost, output: Cost })]);

/** `model=input/output` per entry; a model's name may hold an equals sign. */
function readPrices(text: string, context: z.RefinementCtx): z.output<typeof Price>[] {
  const entries = text.split(',').filter((entry) => entry.trim() !== '');
  const prices = z.array(Price).safeParse(
    entries.map((entry) => {
      const [name, price = ''] = entry.split(/=(?=[^=]*$)/);
      const [input, output] = price.split('/');
      return [name, { input, output }];
    }),
  );
  if (prices.success) return prices.data;
  context.addIssue({ code: 'custom', message: 'must be like gpt-4o-mini=0.15/0.6,gpt-4o=2.5/10' });
  return z.NEVER;
}

/** Every setting Attune reads, with its default and meaning. `.env.example` is made from this table. */
export const settings = {
  ATTUNE_DATA: setting(
    z.string().default('./data'),
    'Folder for the embedded database, trained models, exports and the local key file. Replicas on one PostgreSQL share it.',
  ),
  ATTUNE_HOST: setting(z.string().default('127.0.0.1'), 'Address to listen on; 0.0.0.0 for every interface.'),
  ATTUNE_PORT: setting(whole(0, 65_535).default(7420), 'Port to listen on; 0 takes a free one.'),
  ATTUNE_PUBLIC_URL: setting(
    webAddress.optional(),
    'Address under which people reach the server; used in links.',
    'https://attune.example.com',
  ),
  ATTUNE_URL: setting(
    webAddress.optional(),
    'Server that the command line talks to.',
    'http://127.0.0.1:7420',
  ),
  ATTUNE_API_KEY: setting(
    z.string().optional(),
    'Key that the command line uses; on the server machine it finds the key file by itself.',
    'atn_...',
  ),
  ATTUNE_LOG_LEVEL: setting(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    'Least important level that is logged.',
  ),
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
      .optional(),
    'PostgreSQL 15 or newer, also through a transaction pooler. Without it an embedded database is used, which survives a crash of the program but not a power cut.',
    'postgres://attune:secret@db:5432/attune',
  ),
  ATTUNE_DATABASE_CONNECTIONS: setting(
    whole(2, 500).default(10),
    'Connections to PostgreSQL kept open at most.',
  ),
  REDIS_URL: setting(
    z
      .string()
      .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
      .optional(),
    'Redis for rate limits and caches shared by several replicas. Without it they live in the process.',
    'redis://cache:6379',
  ),
  ATTUNE_UPSTREAM_URL: setting(
    webAddress.optional(),
    'Base URL of an OpenAI-compatible API that writes answers (OpenAI, vLLM, Ollama, ...).',
    'https://api.openai.com/v1',
  ),
  ATTUNE_UPSTREAM_API_KEY: setting(z.string().optional(), 'Key for the upstream.', 'sk-...'),
  ATTUNE_UPSTREAM_MODELS: setting(
    z
      .string()
      .default('')
      .transform((names) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
      ),
    'Models of the upstream that may be asked, separated by commas; the first is the default. Empty: any name is passed on.',
    'gpt-4o-mini,gpt-4o',
  ),
  ATTUNE_UPSTREAM_TIMEOUT_MS: setting(
    whole(100, 3_600_000).default(60_000),
    'Time an upstream answer may take.',
  ),
  ATTUNE_UPSTREAM_RETRIES: setting(whole(0, 10).default(2), 'Retries after upstream failures that may pass.'),
  ATTUNE_UPSTREAM_PRICES: setting(
    z.string().default('').transform(readPrices),
    'What a million input and output tokens of an upstream model cost, in the currency of your budgets: `model=input/output`, separated by commas. For the metric of costs.',
    'gpt-4o-mini=0.15/0.6,gpt-4o=2.5/10',
  ),
  ATTUNE_CANDIDATES: setting(
    whole(1, 8).default(3),
    'Candidates asked for per question. When none passes, an upstream model is asked for as many again, once: that question costs twice the tokens.',
  ),
  ATTUNE_STRATEGY: setting(
    z.enum(['best', 'weighted', 'ensemble']).default('best'),
    'How the delivered candidate is chosen.',
  ),
  ATTUNE_THRESHOLD: setting(
    z.coerce.number().min(0).max(1).default(0.6),
    'Reward an answer must reach to pass; where none does, a second round of candidates is asked for. 0 passes every answer that the checks pass.',
  ),
  ATTUNE_ON_FAILURE: setting(
    z.enum(['warn', 'decline']).default('warn'),
    'When no candidate passes: deliver the best with a warning, or decline.',
  ),
  ATTUNE_COMPARE_SHARE: setting(
    z.coerce.number().min(0).max(1).default(0.1),
    'Share of answers with several candidates that come with a second one, for the reader to say which is better.',
  ),
  ATTUNE_LATENCY_BUDGET_MS: setting(
    whole(50, 600_000).default(30_000),
    'Time for generating and scoring one answer; later candidates are logged, not awaited.',
  ),
  ATTUNE_ADAPTIVE: setting(
    flag.default(false),
    'Ask for candidates one by one and stop as soon as one reaches the threshold.',
  ),
  ATTUNE_SCORING_WORKERS: setting(whole(1, 64).default(1), 'Threads that score candidates.'),
  ATTUNE_MODELS: setting(
    z.string().optional(),
    'Folder with the embedder weights; the shipped ones unless set.',
    '/opt/attune/models',
  ),
  ATTUNE_MAX_BODY_BYTES: setting(whole(1024, 1_073_741_824).default(10_485_760), 'Largest request body.'),
  ATTUNE_MAX_PROMPT_CHARACTERS: setting(
    whole(1, 100_000_000).default(400_000),
    'Longest conversation that is answered.',
  ),
  ATTUNE_MAX_CONCURRENT_ANSWERS: setting(
    whole(1, 100_000).default(1000),
    'Answers in the making at once; more get 503 with Retry-After.',
  ),
  ATTUNE_FEEDBACK_PER_MINUTE: setting(
    whole(1, 100_000).default(10),
    'Feedbacks one person may give in a minute on answers as a whole; comparisons and recordings count too.',
  ),
  ATTUNE_MARKS_PER_MINUTE: setting(
    whole(1, 100_000).default(120),
    'Marks on steps and notes on passages that one person may make in a minute.',
  ),
  ATTUNE_TRANSCRIPTION_URL: setting(
    webAddress.optional(),
    'Base URL of an OpenAI-compatible API that turns recordings into text. Without it they are kept as audio.',
    'https://api.openai.com/v1',
  ),
  ATTUNE_TRANSCRIPTION_KEY: setting(z.string().optional(), 'Key for the transcription.', 'sk-...'),
  ATTUNE_TRANSCRIPTION_MODEL: setting(z.string().default('whisper-1'), 'Model that transcribes.'),
  ATTUNE_FEEDBACK_TOKEN_HOURS: setting(
    whole(1, 8760).default(72),
    'How long the feedback token of an answer works.',
  ),
  ATTUNE_ALERT_WEBHOOK_URL: setting(
    webAddress.optional(),
    'Address that alerts are posted to as JSON.',
    'https://hooks.example.com/attune',
  ),
  ATTUNE_ALERT_WEBHOOK_PRIVATE: setting(
    flag.default(false),
    'Allow the webhook to be on a private or loopback address.',
  ),
  ATTUNE_TRAINER_PYTHON: setting(
    z.string().optional(),
    'Python that runs PyTorch recipes; that of `./attune trainer install` unless set.',
    '/opt/trainer/bin/python',
  ),
  ATTUNE_TRAINER_JOBS: setting(whole(0, 64).default(1), 'Runs of the trainer at once on this machine.'),
  ATTUNE_TRAINER_HOURLY_COST: setting(
    z.coerce.number().min(0).max(100_000).default(0),
    'What an hour of training costs, in the currency of your budgets.',
  ),
  ATTUNE_RAY_URL: setting(
    webAddress.optional(),
    "Address of a Ray cluster's dashboard, for training with the runner `ray`. The cluster must reach ATTUNE_PUBLIC_URL.",
    'http://ray-head:8265',
  ),
  ATTUNE_RAY_TOKEN: setting(z.string().optional(), 'Token of a Ray cluster that asks for one.', 'ray-...'),
  ATTUNE_RAY_PYTHON: setting(z.string().default('python'), 'Python on the cluster that has the trainer.'),
  ATTUNE_RAY_FOLDER: setting(
    z.string().default('/tmp/attune-runs'),
    'Folder on the cluster for runs and their checkpoints; on storage that its nodes share, where there are several.',
  ),
  ATTUNE_RAY_WORKERS: setting(
    whole(1, 1024).default(1),
    'Processes on the cluster that share a run of the recipes reward, sft and dpo.',
  ),
  ATTUNE_RAY_GPUS: setting(whole(0, 64).default(0), 'GPUs of each of these processes.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    webAddress.optional(),
    'OpenTelemetry collector (OTLP over HTTP) that traces, metrics and feedback are sent to; nothing is sent unless set. OTEL_EXPORTER_OTLP_HEADERS, its certificates and compression, and OTEL_RESOURCE_ATTRIBUTES hold too.',
    'http://127.0.0.1:4318',
  ),
  OTEL_SERVICE_NAME: setting(z.string().default('attune'), 'Name under which traces and metrics are sent.'),
  OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: setting(
    flag.default(false),
    'Send what is asked and answered with the traces.',
  ),
  OTEL_TRACES_SAMPLER_ARG: setting(
    z.coerce.number().min(0).max(1).default(1),
    'Share of the traces that is sent where the caller has not decided.',
  ),
  OTEL_METRIC_EXPORT_INTERVAL: setting(
    whole(1000, 3_600_000).default(60_000),
    'Milliseconds between two sendings of metrics.',
  ),
  ATTUNE_PREPARE_SCHEDULE: setting(
    z.string().optional(),
    'Cron expression on which unused feedback is prepared into a data set.',
    '0 3 * * *',
  ),
} as const;

type Settings = typeof settings;
/** The settings after validation. */
export type Config = { readonly [Name in keyof Settings]: z.output<Settings[Name]['schema']> };

const Environment = z.object({
  ...Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, schema])),
});

/** A setting that cannot be used; `message` names every such setting and what is wrong with it. */
export class ConfigError extends Error {}

/**
 * Reads the settings. Blank ones count as not set.
 * @throws ConfigError naming each wrong setting.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`These settings cannot be used:\n${faults.join('\n')}`);
  }
  return parsed.data as Config;
}

/** The data folder as an absolute path; `~` is the home folder. */
export function dataFolder(config: Pick<Config, 'ATTUNE_DATA'>): string {
  return resolve(config.ATTUNE_DATA.replace(/^~(?=$|\/)/, () => join(homedir())));
}

/** The text of `.env.example`. */
export function exampleEnvironment(): string {
  const entries = Object.entries(settings).map(([name, { schema, doc, example }]) => {
    const parsed = schema.safeParse(undefined);
    const value = parsed.success && parsed.data !== undefined ? String(parsed.data) : '';
    const shown = value === '' ? `# ${name}=${example ?? ''}` : `# ${name}=${value}`;
    return `# ${doc}\n${shown}\n`;
  });
  return `# Every setting of Attune with its default. Made from apps/server/src/config.ts; do not edit.\n\n${entries.join('\n')}`;
}
