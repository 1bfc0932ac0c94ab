import { turnsInContext } from '@attune/core';
import { useText } from '../text/use-text.ts';
import { ModelText } from './model-text.tsx';
import { text } from './text.ts';

/** What was said before a question, turn by turn; a context of another shape as it is. */
export function SaidBefore({ context }: { context: string }) {
  const t = useText(text).saidBy;
  const turns = turnsInContext(context);
  if (turns === null) return <ModelText text={context} />;
  return (
    <ol className="space-y-3">
      {turns.map(({ role, content }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the turns of one text keep their places.
        <li key={index}>
          <p className="eyebrow">{role === 'user' ? t.user : t.assistant}</p>
          <ModelText text={content} />
        </li>
      ))}
    </ol>
  );
}
