import type { Taken } from '../../apps/server/src/cli/bench.ts';

const NOT_TAKEN = '**Not measured in the last run.**';

/**
 * A document with new text between the marks `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`.
 * @throws Error where the marks are missing
 */
export function withSection(document: string, name: string, renew: (before: string) => string): string {
  const [opening, closing] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [head, rest] = document.split(opening);
  const [before, tail] = rest?.split(closing) ?? [];
  if (head === undefined || before === undefined || tail === undefined)
    throw new Error(`the marks of ${name} are missing`);
  return `${head}${opening}\n${renew(before.trim())}\n${closing}${tail}`;
}

/** A section of which the last run has no figures: it says so, and keeps those of an earlier run. */
export function notTaken(bench: string, before: string): string {
  const command = `Run \`./attune bench ${bench} --json > FOLDER/${bench}.json\`.`;
  const earlier = before.startsWith(NOT_TAKEN) ? before.split('\n\n').slice(1).join('\n\n') : before;
  if (earlier === '') return `${NOT_TAKEN} ${command}`;
  return `${NOT_TAKEN} ${command} These figures are from an earlier one:\n\n${earlier}`;
}

/** When and where figures were taken, and how busy the machine was. */
export function takenText({ at, seconds, machine, load_before, load_after }: Taken): string {
  const [before, after] = [load_before, load_after].map((load) => load.toFixed(1));
  const when = at.slice(0, 16).replace('T', ' ');
  return `Taken ${when} UTC in ${seconds} s on ${machine}; load average of the minute before ${before}, at the end ${after}.`;
}
