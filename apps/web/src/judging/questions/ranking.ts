/** Responses by places, the best first; those that share a place are equally good. */
export type Places = readonly (readonly string[])[];

/** A response put at the end. One that has a place already stays where it is. */
export function placedNext(places: Places, key: string): string[][] {
  if (places.flat().includes(key)) return copied(places);
  return [...copied(places), [key]];
}

/** The last response loses its place. */
export function withoutLast(places: Places): string[][] {
  const last = places.at(-1) ?? [];
  const kept = last.slice(0, -1);
  return [...copied(places.slice(0, -1)), ...(kept.length > 0 ? [kept] : [])];
}

/** The last place joined with the one before it: what stands there is equally good. */
export function tiedAtEnd(places: Places): string[][] {
  if (places.length < 2) return copied(places);
  return [...copied(places.slice(0, -2)), [...(places.at(-2) ?? []), ...(places.at(-1) ?? [])]];
}

/** A response moved to a place of its own, before the place that stands at `index` once it is taken out. */
export function movedTo(places: Places, key: string, index: number): string[][] {
  const others = without(places, key);
  return [...others.slice(0, index), [key], ...others.slice(index)];
}

/** A response moved by one place, up or down, to a place of its own. */
export function movedBy(places: Places, key: string, by: 1 | -1): string[][] {
  const from = places.findIndex((place) => place.includes(key));
  if (from < 0) return copied(places);
  const shares = (places[from]?.length ?? 0) > 1;
  // Out of a shared place it first stands alone beside it.
  if (shares) return movedTo(places, key, by === 1 ? from + 1 : from);
  return movedTo(places, key, Math.max(0, from + by));
}

function without(places: Places, key: string): string[][] {
  return places.map((place) => place.filter((other) => other !== key)).filter((place) => place.length > 0);
}

function copied(places: Places): string[][] {
  return places.map((place) => [...place]);
}
