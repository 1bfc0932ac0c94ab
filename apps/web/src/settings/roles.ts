import type { Role } from '@attune/contracts';

/** The roles, the lowest first. */
export const roles: readonly Role[] = ['viewer', 'rater', 'curator', 'trainer', 'admin'];
