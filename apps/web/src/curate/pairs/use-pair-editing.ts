import type { Pair } from '@attune/contracts';
import { AttuneApiError } from '@attune/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useCanGoBack, useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import {
  changesOf,
  draftOf,
  emptyDraft,
  isChanged,
  newPairOf,
  obstacleOf,
  type PairDraft,
} from './pair-draft.ts';
import { text } from './text.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

/** A pair while somebody changes it, from the first letter to the saved row. */
export function usePairEditing(pair: Pair | null) {
  const t = useText(text);
  const { say, sayError } = useSay();
  const queries = useQueryClient();
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const navigate = useNavigate();
  /** What the server has, as far as known here. */
  const [stored, setStored] = useState(pair);
  const [draft, setDraft] = useState<PairDraft>(() => (pair === null ? emptyDraft : draftOf(pair)));
  const [busy, setBusy] = useState(false);
  /** What somebody else saved meanwhile. */
  const [theirs, setTheirs] = useState<Pair | null>(null);

  const changed = isChanged(stored === null ? emptyDraft : draftOf(stored), draft);
  const obstacle = obstacleOf(draft);
  const guard = useLeaveGuard(changed);

  const back = () => {
    if (canGoBack) router.history.back();
    else void navigate({ to: '/pairs' });
  };

  const done = async (message: string) => {
    guard.allow();
    await queries.invalidateQueries({ queryKey: ['pairs'], refetchType: 'none' });
    say(message);
    back();
  };

  const write = (over: Pair | null): Promise<unknown> => {
    if (over === null) return api.createPair({ body: newPairOf(draft) });
    const body = { version: over.version, ...changesOf(draftOf(over), draft) };
    return api.updatePair({ params: { id: over.id }, body });
  };

  const save = async (over: Pair | null = stored) => {
    if (busy || obstacle !== null) return;
    setBusy(true);
    try {
      await write(over);
      await done(t.edit.saved);
    } catch (error) {
      if (over !== null && error instanceof AttuneApiError && error.code === 'pair_changed')
        setTheirs(await api.getPair({ params: { id: over.id } }).catch(() => null));
      else sayError(error);
    } finally {
      setBusy(false);
    }
  };

  const remove = async (): Promise<boolean> => {
    if (stored === null) return false;
    try {
      await api.deletePair({ params: { id: stored.id } });
    } catch (error) {
      sayError(error);
      return false;
    }
    await done(t.edit.deleted);
    return true;
  };

  return {
    draft,
    change: (part: Partial<PairDraft>) => setDraft((before) => ({ ...before, ...part })),
    changed,
    obstacle,
    busy,
    theirs,
    save,
    remove,
    back,
    blocked: guard.blocked,
    takeTheirs: (newer: Pair) => {
      setStored(newer);
      setDraft(draftOf(newer));
      setTheirs(null);
    },
    keepMine: (newer: Pair) => {
      setStored(newer);
      setTheirs(null);
      return save(newer);
    },
  };
}
