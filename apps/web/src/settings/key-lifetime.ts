/** How long a new key is to work. */
export const lifetimes = ['never', 'd30', 'd90', 'd365'] as const;
export type Lifetime = (typeof lifetimes)[number];

const days: Readonly<Record<Lifetime, number | null>> = { never: null, d30: 30, d90: 90, d365: 365 };

/** When a key of a lifetime ends that is made now; null when it does not end. */
export function lifetimeEnd(lifetime: Lifetime, now: Date): string | null {
  const count = days[lifetime];
  return count === null ? null : new Date(now.getTime() + count * 86_400_000).toISOString();
}
