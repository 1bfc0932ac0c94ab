import { useVoiceNotes } from '@attune/react';
import { Mic, Square, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../text/use-text.ts';
import type { About } from './about.ts';
import { useFeedbackLabels } from './feedback-labels.ts';
import { text } from './text.ts';
import { VoiceNote } from './voice-note.tsx';

/** Spoken feedback: record, play, take back; what was said stands beside it where it is transcribed. */
export function VoiceNotes({ recorderShown, ...about }: About & { recorderShown: boolean }) {
  const labels = useFeedbackLabels();
  const voice = useVoiceNotes(about);
  const idle = voice.phase === 'idle' || voice.phase === 'refused';
  if (!recorderShown && idle && voice.notes.length === 0) return null;
  return (
    <section aria-label={labels.voice} className="space-y-2">
      {(recorderShown || !idle) && <Recorder voice={voice} />}
      {voice.notes.map((note) => (
        <VoiceNote
          key={note.id}
          note={note}
          recording={voice.recording}
          onAsked={voice.reload}
          onRemove={() => void voice.remove(note.target)}
        />
      ))}
    </section>
  );
}

function Recorder({ voice }: { voice: ReturnType<typeof useVoiceNotes> }) {
  const t = useText(text);
  const labels = useFeedbackLabels();
  if (voice.phase === 'recording') {
    return (
      <div className="flex flex-wrap items-center gap-3 rounded-xl border border-line p-3">
        <span role="status" className="flex items-center gap-2 text-bad text-sm">
          <span
            aria-hidden
            className="size-2 animate-[breathe_1.2s_ease-in-out_infinite] rounded-full bg-bad"
          />
          {t.recording}
        </span>
        <Loudness level={voice.level} />
        <button type="button" className="main-button" onClick={() => void voice.finish()}>
          <Square aria-hidden className="size-3.5 fill-current" /> {labels.finish}
        </button>
        <button type="button" className="quiet-button min-h-9" onClick={voice.discard}>
          <Trash2 aria-hidden className="size-3.5" /> {labels.discard}
        </button>
      </div>
    );
  }
  return (
    <>
      <button
        type="button"
        className="line-button"
        disabled={voice.phase === 'sending'}
        onClick={() => void voice.start()}
      >
        <Mic aria-hidden className="size-4" /> {voice.phase === 'sending' ? t.saving : labels.record}
      </button>
      {voice.phase === 'refused' && (
        <p role="alert" className="text-bad text-sm">
          {labels.noMicrophone}
        </p>
      )}
    </>
  );
}

/** How often the loudness is drawn, in milliseconds. */
const DRAWN_EVERY_MS = 100;

function Loudness({ level }: { level: () => number }) {
  const labels = useFeedbackLabels();
  const [now, setNow] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setNow(level()), DRAWN_EVERY_MS);
    return () => clearInterval(timer);
  }, [level]);
  return <meter aria-label={labels.loudness} min={0} max={1} value={now} className="h-2 w-32" />;
}
