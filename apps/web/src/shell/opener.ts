/** Whether something that several places open is open: the list of keys, the command palette. */
export class Opener {
  #open = false;
  readonly #watchers = new Set<() => void>();

  readonly isOpen = (): boolean => this.#open;

  /** Calls back whenever it opens or closes; returns what stops it. */
  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  };

  readonly set = (open: boolean): void => {
    this.#open = open;
    for (const changed of this.#watchers) changed();
  };

  open(): void {
    this.set(true);
  }
}
