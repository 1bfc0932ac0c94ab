import type { AnswerStep } from '@attune/contracts';
import { Brain, Wrench } from 'lucide-react';
import { StepMarks } from '../collect/step-marks.tsx';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';
import type { Turn } from './turn.ts';

interface AnswerStepsProps {
  turn: Turn & { responseId: string };
  steps: readonly AnswerStep[];
}

const icons = { reasoning: Brain, tool: Wrench };

/** What was thought and called on the way to an answer; each step can be marked. */
export function AnswerSteps({ turn, steps }: AnswerStepsProps) {
  const t = useText(text).did;
  if (steps.length === 0) return null;
  return (
    <section aria-label={t.steps}>
      <h3 className="eyebrow mb-2">{t.steps}</h3>
      <ol className="space-y-2">
        {steps.map((step) => {
          const Icon = icons[step.kind];
          return (
            <li key={step.index} className="flex gap-3 rounded-xl border border-line bg-surface p-3">
              <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
              <div className="min-w-0 flex-1">
                <p className="font-medium text-sm">
                  {step.title} <span className="chip ml-1">{t.stepKinds[step.kind]}</span>
                </p>
                <p className="mt-1 whitespace-pre-wrap text-soft text-sm [overflow-wrap:anywhere]">
                  {step.text}
                </p>
              </div>
              <StepMarks about={turn} step={step} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
