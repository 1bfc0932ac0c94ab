import { ChangedText } from './changed-text.tsx';
import { useFeedbackLabels } from './feedback-labels.ts';

/** What was changed in a text, under its heading. */
export function Changes({ before, after }: { before: string; after: string }) {
  const labels = useFeedbackLabels();
  return (
    <figure aria-label={labels.changes}>
      <figcaption className="eyebrow mb-1">{labels.changes}</figcaption>
      <ChangedText before={before} after={after} />
    </figure>
  );
}
