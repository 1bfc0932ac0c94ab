import { useEffect, useSyncExternalStore } from 'react';
import type { Options } from 'react-markdown';
import { mayHaveMath } from './math-delimiters.ts';

type Remark = NonNullable<Options['remarkPlugins']>;
type Rehype = NonNullable<Options['rehypePlugins']>;

interface Plugins {
  readonly remark: Remark;
  readonly rehype: Rehype;
}

/** What draws formulas or colours code; comes to the browser with the first text that needs it. */
class OnDemand {
  #plugins: Plugins | null = null;
  #coming: Promise<void> | null = null;
  readonly #watchers = new Set<() => void>();
  readonly #load: () => Promise<Plugins>;

  constructor(load: () => Promise<Plugins>) {
    this.#load = load;
  }

  readonly now = (): Plugins | null => this.#plugins;

  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  };

  want(): void {
    this.#coming ??= this.#load().then(
      (plugins) => {
        this.#plugins = plugins;
        for (const changed of this.#watchers) changed();
      },
      () => {
        // Without them formulas and code are plain text; the next text that wants them tries again.
        this.#coming = null;
      },
    );
  }
}

const math = new OnDemand(async () => (await import('./math-plugins.ts')).mathPlugins);
const code = new OnDemand(async () => (await import('./code-plugins.ts')).codePlugins);
const none: Plugins = { remark: [], rehype: [] };

function useOnDemand(plugins: OnDemand, wanted: boolean): Plugins {
  useEffect(() => {
    if (wanted) plugins.want();
  }, [plugins, wanted]);
  const there = useSyncExternalStore(plugins.watch, plugins.now);
  return wanted && there !== null ? there : none;
}

/** What it takes to draw a text beyond plain Markdown, as far as it has come. */
export function useRichPlugins(text: string): Plugins & { readonly math: boolean } {
  const forMath = useOnDemand(math, mayHaveMath(text));
  const forCode = useOnDemand(code, text.includes('```'));
  return {
    remark: forMath.remark,
    rehype: [...forMath.rehype, ...forCode.rehype],
    math: forMath !== none,
  };
}
