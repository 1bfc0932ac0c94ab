/** What this browser remembers under a name; null where it remembers nothing or keeps its storage closed to us. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers a value for the next visit, where the browser lets us. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Private mode or a full store: the choice holds for this visit.
  }
}

/** Forgets a value. */
export function forget(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // What cannot be read cannot have been kept.
  }
}
