import { AttuneError, type ChatRequest } from '@attune/contracts';
import type { Caller } from '../platform/http/caller.ts';

/** How members are named; nobody else may go by such a name. */
const MEMBER = 'member:';

/**
 * The user that an answer is for: as the application names them, else the signed-in person.
 * @throws AttuneError `invalid_request` for the name of a member who isn't the caller
 */
export function userOf({ user }: ChatRequest, caller: Caller): string | null {
  const own = caller.kind === 'member' ? caller.principal : null;
  if (!user) return own;
  if (!user.startsWith(MEMBER) || user === own) return user;
  const message = `\`user\`: names that begin with "${MEMBER}" belong to people who sign in here; use another one.`;
  throw new AttuneError('invalid_request', { param: 'user', message });
}

/** Whose history a question belongs to: a member's own; with an API key that of the user it names, else the key's. */
export function askerOf(caller: Caller, user: string | null | undefined): string {
  if (caller.kind === 'member' || !user) return caller.principal;
  return `${caller.principal}/${user}`;
}
