/** Where an export stands, for the code that loads it. */
export interface ExportPlace {
  /** Path on the server. */
  readonly url: string;
  readonly fileName: string;
}

/** Code that loads an export: by `curl`, the `datasets` library, and the trainer it is made for, where TRL has one. */
export interface LoadCode {
  curl: string;
  datasets: string;
  trl: string | null;
}

/** Trainers of TRL 1; it has had none for stepwise rows since. */
const trainers = {
  trl_preference: { config: 'DPOConfig', trainer: 'DPOTrainer' },
  trl_kto: { config: 'KTOConfig', trainer: 'KTOTrainer' },
  openai_chat: { config: 'SFTConfig', trainer: 'SFTTrainer' },
} as const;

/**
 * Copy-paste code for an export. The address of the server and the key stand in it as environment variables, never as
 * values.
 */
export function loadCode(format: string, { url, fileName }: ExportPlace): LoadCode {
  const kind = fileName.endsWith('.parquet') ? 'parquet' : 'json';
  const load = `from datasets import load_dataset\n\nrows = load_dataset("${kind}", data_files="${fileName}", split="train")\n`;
  const made = Object.entries(trainers).find(([name]) => name === format)?.[1];
  return {
    curl: `curl -fsS -H "authorization: Bearer $ATTUNE_API_KEY" -o "${fileName}" "$ATTUNE_URL${url}"\n`,
    datasets: `${load}print(rows)\n`,
    trl: made === undefined ? null : trainingCode(load, made),
  };
}

function trainingCode(load: string, { config, trainer }: (typeof trainers)[keyof typeof trainers]): string {
  const given = `model="Qwen/Qwen3-0.6B", args=${config}(output_dir="out"), train_dataset=rows`;
  return `${load}\nfrom trl import ${config}, ${trainer}\n\ntrainer = ${trainer}(${given})\ntrainer.train()\n`;
}
