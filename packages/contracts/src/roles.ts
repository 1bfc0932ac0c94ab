import { z } from 'zod';

/** Roles in rising order: each may do what the ones before it may. */
export const roles = ['viewer', 'rater', 'curator', 'trainer', 'admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** The rooms of the loop; an API key can be limited to some of them. */
export const rooms = ['serve', 'collect', 'curate', 'learn', 'ship', 'watch', 'identity'] as const;
export const Room = z.enum(rooms);
export type Room = z.infer<typeof Room>;

/** Whether someone with `role` may do what needs `needed`. */
export function atLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
