import type { Role } from '@attune/contracts';

const rank: Record<Role, number> = { viewer: 0, rater: 1, curator: 2, trainer: 3, admin: 4 };

/** Whether a role may do what `needed` may. The server decides again; here it only says what to show. */
export function mayAct(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed];
}
