import type { Found } from './kind.ts';
import { matches } from './matches.ts';

/** Local part, host with at least one dot, last label of letters (so that `name@1.2.3` is none). */
const pattern =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_%+'-](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}@]|:[\w~-]{1,64}\/)/gu;

/** E-mail addresses. `git@host:path/…` is a repository, not a person. */
export function findEmails(text: string): Found[] {
  return matches(text, pattern);
}
