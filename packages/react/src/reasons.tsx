import { useAttune } from './provider.tsx';

interface ReasonsProps {
  offered: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Why, in words to choose from. What was chosen before is offered too. */
export function Reasons({ offered, chosen, onChange }: ReasonsProps) {
  const { labels } = useAttune();
  const words = [...new Set([...offered, ...chosen])];
  const toggle = (word: string) =>
    onChange(chosen.includes(word) ? chosen.filter((other) => other !== word) : [...chosen, word]);
  return (
    <fieldset className="attune-row" aria-label={labels.reasons}>
      {words.map((word) => (
        <button
          key={word}
          type="button"
          className="attune-chip"
          aria-pressed={chosen.includes(word)}
          onClick={() => toggle(word)}
        >
          {word}
        </button>
      ))}
    </fieldset>
  );
}
