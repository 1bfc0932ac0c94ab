import { type ReactNode, useRef } from 'react';
import { useText } from '../../text/use-text.ts';
import type { ShownResponse } from '../questions/of-kind.ts';
import { text } from './text.ts';
import { useScrollTogether } from './use-scroll-together.ts';

interface ResponsePanesProps {
  responses: readonly ShownResponse[];
  /** Keys of responses that are chosen now. */
  chosen: readonly string[];
  together: boolean;
  children: (response: ShownResponse) => ReactNode;
}

/** The responses side by side, each scrolling within its pane; one beneath the other on narrow screens. */
export function ResponsePanes({ responses, chosen, together, children }: ResponsePanesProps) {
  const t = useText(text);
  const around = useRef<HTMLElement>(null);
  useScrollTogether(around, together);
  return (
    <section
      ref={around}
      aria-label={t.responses}
      className="grid gap-3 md:min-h-0 md:flex-1 md:auto-cols-[minmax(18rem,1fr)] md:grid-flow-col md:overflow-x-auto"
    >
      {responses.map((response) => (
        <article
          key={response.key}
          aria-label={t.response(response.key)}
          data-chosen={chosen.includes(response.key) || undefined}
          className="card flex min-h-0 flex-col overflow-hidden transition-colors data-chosen:inset-ring data-chosen:inset-ring-accent data-chosen:border-accent"
        >
          <h2 className="flex items-center gap-2 border-line border-b px-4 py-2 font-semibold text-sm">
            <span
              aria-hidden
              className={`grid size-6 place-items-center rounded-lg ${chosen.includes(response.key) ? 'bg-accent text-on-accent' : 'bg-sunken'}`}
            >
              {response.key}
            </span>
            <span className="text-soft">{t.response(response.key)}</span>
          </h2>
          <div
            data-pane
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
            tabIndex={0}
            className="min-h-0 flex-1 px-4 py-3 outline-offset-[-2px] md:overflow-y-auto"
          >
            {children(response)}
          </div>
        </article>
      ))}
    </section>
  );
}
