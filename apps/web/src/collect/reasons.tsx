import { useLanguage } from '../text/use-text.ts';
import { useFeedbackLabels } from './feedback-labels.ts';
import { offered, wordIn } from './kept-words.ts';

interface ReasonsProps {
  unhappy: boolean;
  chosen: readonly string[];
  onReasons: (chosen: string[]) => void;
}

/** Why, in words to choose from. What was chosen before is offered too. */
export function Reasons({ unhappy, chosen, onReasons }: ReasonsProps) {
  const labels = useFeedbackLabels();
  const language = useLanguage();
  const words = [...new Set([...(unhappy ? offered.bad : offered.good), ...chosen])];
  const toggle = (word: string) =>
    onReasons(chosen.includes(word) ? chosen.filter((other) => other !== word) : [...chosen, word]);
  return (
    <fieldset aria-label={labels.reasons} className="flex flex-wrap gap-1.5">
      {words.map((word) => (
        <button
          key={word}
          type="button"
          aria-pressed={chosen.includes(word)}
          className="rounded-full border border-line px-3 py-1 text-soft text-sm transition-colors hover:border-edge hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent-strong pointer-coarse:min-h-11"
          onClick={() => toggle(word)}
        >
          {wordIn(language, word)}
        </button>
      ))}
    </fieldset>
  );
}
