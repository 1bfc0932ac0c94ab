import { useText } from '../text/use-text.ts';
import { useShownChat } from './conversation-view.ts';
import { EarlierTurns } from './earlier-turns.tsx';
import { text } from './text.ts';
import { TurnKeys } from './turn-keys.tsx';
import { TurnView } from './turn-view.tsx';

/** The questions and answers of a conversation. */
export function Turns() {
  const t = useText(text);
  const { turns } = useShownChat();
  const last = turns.at(-1);
  return (
    <div className="space-y-10 py-8">
      <h1 className="sr-only">{t.conversation}</h1>
      <EarlierTurns />
      {turns.map((turn) => (
        <TurnView key={turn.key} turn={turn} isLast={turn === last} />
      ))}
      <TurnKeys />
      <p className="sr-only" role="status">
        {last?.state === 'done' ? t.complete : ''}
      </p>
    </div>
  );
}
