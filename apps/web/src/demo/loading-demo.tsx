import type { DemoStage, DemoState } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';
import { useLoadDemo } from './use-load-demo.ts';

const stages = ['candidates', 'ask', 'import', 'ship', 'desk'] as const satisfies DemoStage[];

/** How far the loading of the demo is; the page is read again when it has ended. */
export function LoadingDemo({ demo }: { demo: DemoState }) {
  const t = useText(text);
  const { role } = useMe();
  const queries = useQueryClient();
  const load = useLoadDemo();
  // What was read meanwhile is of a corpus that was not all there.
  useEffect(() => () => void queries.invalidateQueries(), [queries]);
  const { progress, failed } = demo;
  return (
    <>
      {progress !== null && (
        <>
          <span className="text-soft tabular-nums">
            {t.stage(stages.indexOf(progress.stage) + 1, stages.length)} {t.stages[progress.stage]}
          </span>
          <progress
            aria-label={t.loading}
            max={stages.length}
            value={stages.indexOf(progress.stage) + progress.done}
            className="h-2 w-40 overflow-hidden rounded-full accent-accent"
          />
        </>
      )}
      {failed && mayAct(role, 'admin') && (
        <button
          type="button"
          className="quiet-button"
          disabled={load.isPending}
          onClick={() => load.mutate()}
        >
          {t.goOn}
        </button>
      )}
    </>
  );
}
