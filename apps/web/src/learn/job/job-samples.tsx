import { MessageSquareText } from 'lucide-react';
import { Empty } from '../../shell/parts/empty.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import type { JobNews } from './use-job-events.ts';

/** What the model writes as it learns, newest first, beside what it wrote before. */
export function JobSamples({ samples }: { samples: JobNews['samples'] }) {
  const t = useText(text);
  const { count, decimal } = useFormats();
  if (samples.length === 0) {
    return (
      <Empty icon={MessageSquareText} title={t.noSamples}>
        {t.noSamplesAbout}
      </Empty>
    );
  }
  return (
    <ol className="space-y-4">
      {samples.toReversed().map((sample) => (
        <li key={`${sample.at}/${sample.prompt}/${sample.context ?? ''}`} className="card p-5">
          <p className="mb-2 flex flex-wrap justify-between gap-x-4 text-faint text-xs tabular-nums">
            <span>{t.atStep(count(sample.step))}</span>
            {sample.reward !== null && <span>{t.reward(decimal(sample.reward, 3))}</span>}
          </p>
          {sample.context !== undefined && (
            <p className="mb-1 whitespace-pre-wrap text-faint text-sm [overflow-wrap:anywhere]">
              {sample.context}
            </p>
          )}
          <p className="whitespace-pre-wrap font-medium text-sm [overflow-wrap:anywhere]">{sample.prompt}</p>
          <div className="mt-2 grid gap-4 md:grid-cols-2">
            <Written name={t.now} words={sample.response} />
            {sample.reference !== null && <Written name={t.before} words={sample.reference} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Written({ name, words }: { name: string; words: string }) {
  return (
    <div className="min-w-0">
      <p className="eyebrow">{name}</p>
      <p className="mt-1 whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">{words}</p>
    </div>
  );
}
