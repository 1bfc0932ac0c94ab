import type { Dataset } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Snowflake } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Confirm } from '../../shell/parts/confirm.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** Freeze, archive, and take out of the archive. */
export function DatasetActions({ dataset }: { dataset: Dataset }) {
  const t = useText(text).detail;
  const { say, sayError } = useSay();
  const queries = useQueryClient();
  const curates = mayAct(useMe().role, 'curator');
  if (!curates) return null;
  const params = { id: dataset.id };

  const change = async (write: () => Promise<Dataset>, message: string, undo?: () => void) => {
    try {
      await write();
    } catch (error) {
      sayError(error);
      return false;
    }
    await queries.invalidateQueries({ queryKey: ['datasets'] });
    say(message, undo === undefined ? {} : { undo });
    return true;
  };
  const unarchive = () => change(() => api.unarchiveDataset({ params }), t.unarchived);
  const archive = () =>
    change(
      () => api.archiveDataset({ params }),
      t.archived,
      () => void unarchive(),
    );
  const freeze = () => change(() => api.updateDataset({ params, body: { status: 'ready' } }), t.frozen);

  if (dataset.status === 'archived') {
    return (
      <button type="button" className="line-button" onClick={() => void unarchive()}>
        <ArchiveRestore aria-hidden className="size-4" /> {t.unarchive}
      </button>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      <button type="button" className="line-button" onClick={() => void archive()}>
        <Archive aria-hidden className="size-4" /> {t.archive}
      </button>
      {dataset.content_hash === null && (
        <Confirm
          trigger={
            <button type="button" className="main-button">
              <Snowflake aria-hidden className="size-4" /> {t.freeze}
            </button>
          }
          title={t.freezeTitle}
          about={t.freezeAbout}
          action={t.freeze}
          onConfirm={freeze}
        />
      )}
    </div>
  );
}
