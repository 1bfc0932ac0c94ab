import type { LineageNode } from '@attune/contracts';

/** Names of what the server says in codes. */
export interface LineageNames {
  readonly feedbackTypes: Readonly<Record<string, string>>;
  readonly methods: Readonly<Record<string, string>>;
  readonly jobStatuses: Readonly<Record<string, string>>;
  readonly modelStatuses: Readonly<Record<string, string>>;
}

/** A node in a line of words: `Rating 4 ★ · Do masks help?`, `health@1.0.0 (deployed)`. */
export function lineageWords({ kind, label, facts }: LineageNode, names: LineageNames): string {
  const [first = '', stars] = facts;
  switch (kind) {
    case 'feedback':
      return `${named(names.feedbackTypes, first)}${stars === undefined ? '' : ` ${stars} ★`} · ${label}`;
    case 'pair':
      return `${named(names.methods, first)} · ${label}`;
    case 'judgement':
      return first;
    case 'job':
      return `${label} (${named(names.jobStatuses, first)})`;
    case 'model':
      return `${label} (${named(names.modelStatuses, first)})`;
    case 'answer':
    case 'dataset':
    case 'export':
      return label;
  }
}

function named(names: Readonly<Record<string, string>>, code: string): string {
  return names[code] ?? code;
}
