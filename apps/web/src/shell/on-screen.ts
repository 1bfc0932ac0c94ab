/** Things that components put up while they are on the screen: keys, commands. The newest comes last. */
export class OnScreen<Thing> {
  #things: readonly Thing[] = [];
  readonly #watchers = new Set<() => void>();

  /** What is up now; the same array until something comes or goes. */
  readonly all = (): readonly Thing[] => this.#things;

  /** Calls back whenever something comes or goes; returns what stops it. */
  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  };

  /** Puts something up; returns what takes it down. */
  add(thing: Thing): () => void {
    this.#change([...this.#things, thing]);
    return () => this.#change(this.#things.filter((other) => other !== thing));
  }

  #change(things: readonly Thing[]): void {
    this.#things = things;
    for (const changed of this.#watchers) changed();
  }
}
