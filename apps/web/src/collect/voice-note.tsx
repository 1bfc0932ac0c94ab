import type { Feedback } from '@attune/contracts';
import { spokenIn } from '@attune/react/headless';
import { Pause, Play, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Ago } from '../shell/parts/ago.tsx';
import { useFormats, useText } from '../text/use-text.ts';
import { useFeedbackLabels } from './feedback-labels.ts';
import { text } from './text.ts';
import { TranscribeAgain } from './transcribe-again.tsx';

interface VoiceNoteProps {
  note: Feedback;
  recording: (id: string) => Promise<Uint8Array | null>;
  /** Reads the note again, once its text was asked for. */
  onAsked: () => Promise<void>;
  /** Only for one's own. */
  onRemove?: () => void;
}

/** A recording with what was said in it. */
export function VoiceNote({ note, recording, onAsked, onRemove }: VoiceNoteProps) {
  const labels = useFeedbackLabels();
  const { duration } = useFormats();
  const { playing, toggle } = usePlayer(note, recording);
  const t = useText(text);
  const { durationMs } = spokenIn(note);
  return (
    <div className="flex items-start gap-3 rounded-xl border border-line p-3 text-sm">
      <button
        type="button"
        aria-label={playing ? t.pause : labels.play}
        className="grid size-9 shrink-0 place-items-center rounded-full bg-accent text-on-accent pointer-coarse:size-11"
        onClick={toggle}
      >
        {playing ? (
          <Pause aria-hidden className="size-4 fill-current" />
        ) : (
          <Play aria-hidden className="size-4 fill-current" />
        )}
      </button>
      <div className="min-w-0 flex-1">
        <p className="text-faint text-xs">
          {durationMs !== null && `${duration(durationMs)} · `}
          <Ago at={note.created_at} />
        </p>
        <Transcript note={note} />
        {spokenIn(note).transcript === 'failed' && <TranscribeAgain note={note} onAsked={onAsked} />}
      </div>
      {onRemove && (
        <button
          type="button"
          aria-label={labels.remove}
          className="quiet-button size-9 p-0"
          onClick={onRemove}
        >
          <Trash2 aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}

function Transcript({ note }: { note: Feedback }) {
  const labels = useFeedbackLabels();
  const t = useText(text);
  if (note.text_feedback !== null) return <p className="[overflow-wrap:anywhere]">“{note.text_feedback}”</p>;
  const words = {
    pending: labels.transcriptPending,
    none: t.transcriptNone,
    failed: labels.transcriptFailed,
    done: t.transcriptNone,
  };
  return <p className="text-soft">{words[spokenIn(note).transcript]}</p>;
}

/** Plays a recording, fetched when it is first wanted. */
function usePlayer(note: Feedback, recording: VoiceNoteProps['recording']) {
  const player = useRef<HTMLAudioElement | null>(null);
  const [playing, setPlaying] = useState(false);
  useEffect(
    () => () => {
      player.current?.pause();
      URL.revokeObjectURL(player.current?.src ?? '');
    },
    [],
  );
  const toggle = async () => {
    player.current ??= await open();
    if (player.current === null) return;
    if (playing) player.current.pause();
    else await player.current.play().catch(() => setPlaying(false));
  };
  const open = async (): Promise<HTMLAudioElement | null> => {
    const bytes = await recording(note.id);
    if (bytes === null) return null;
    const audio = new Audio(URL.createObjectURL(new Blob([Uint8Array.from(bytes)])));
    audio.addEventListener('play', () => setPlaying(true));
    audio.addEventListener('pause', () => setPlaying(false));
    audio.addEventListener('ended', () => setPlaying(false));
    return audio;
  };
  return { playing, toggle: () => void toggle() };
}
