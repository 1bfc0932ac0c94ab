import type { DatasetType, ExportFormat } from '@attune/contracts';

export const formats = [
  'trl_preference',
  'trl_kto',
  'trl_stepwise',
  'openai_chat',
  'openai_preference',
  'anthropic_text',
  'bedrock_conversation',
  'ratings',
  'parquet',
] as const satisfies ExportFormat[];

const usual: Record<DatasetType, ExportFormat> = {
  reward: 'ratings',
  preference_pairs: 'trl_preference',
  dpo: 'trl_preference',
  kto: 'trl_kto',
  instruction_tuning: 'openai_chat',
  step: 'trl_stepwise',
};

/** The format that data of a type is mostly trained from. */
export function usualFormat(type: DatasetType): ExportFormat {
  return usual[type];
}
