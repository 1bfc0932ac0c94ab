import type { ImportedPreferences } from '@attune/contracts';

export function importedText({ imported, already_there }: ImportedPreferences): string {
  return `  ${imported} imported as source: model, ${already_there} there already`;
}
