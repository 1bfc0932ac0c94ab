import type { ReviewContext } from '@attune/contracts';
import { Ago } from '../../shell/parts/ago.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** What curators decided about an item, newest first. */
export function DecisionList({ decisions }: { decisions: ReviewContext['decisions'] }) {
  const t = useText(text);
  return (
    <ul className="space-y-1.5 text-sm">
      {decisions.map(({ id, decision, by, at, undone }) => (
        <li key={id} className={undone ? 'text-faint' : ''}>
          <span className={undone ? 'line-through' : 'font-medium'}>{t.done[decision.action]}</span>
          {' · '}
          {by} · <Ago at={at} className="text-faint" />
          {undone && ` · ${t.context.taken}`}
          {'note' in decision && decision.note && <p className="text-soft">“{decision.note}”</p>}
          {'tags' in decision && <p className="text-soft">{decision.tags.join(', ')}</p>}
        </li>
      ))}
    </ul>
  );
}
