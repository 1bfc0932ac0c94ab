import type { ReportTopics } from '@attune/contracts';
import { useText } from '../../text/use-text.ts';
import { ReportSection } from './report-section.tsx';
import { text } from './text.ts';

interface ReportTopicListProps {
  title: string;
  none: string;
  part: ReportTopics;
}

/** Groups of texts that are alike, each with what people thought and some of the texts. */
export function ReportTopicList({ title, none, part: { looked_at, topics } }: ReportTopicListProps) {
  const t = useText(text);
  return (
    <ReportSection title={title}>
      <p className="mb-3 text-soft text-sm">
        {t.lookedAt(looked_at)} {topics.length === 0 && none}
      </p>
      <ul className="grid gap-3 sm:grid-cols-2">
        {topics.map(({ words, texts, negative, examples }) => (
          <li key={examples[0]?.feedback_id ?? words.join()} className="card p-4">
            <p className="font-medium [overflow-wrap:anywhere]">
              {words.length === 0 ? t.alike : words.join(', ')}
            </p>
            <p className="text-soft text-sm">{t.topic(texts, negative)}</p>
            {examples.map(({ feedback_id, text: said }) => (
              <blockquote
                key={feedback_id}
                className="mt-2 border-line border-l-2 pl-3 text-sm [overflow-wrap:anywhere]"
              >
                {said}
              </blockquote>
            ))}
          </li>
        ))}
      </ul>
    </ReportSection>
  );
}
