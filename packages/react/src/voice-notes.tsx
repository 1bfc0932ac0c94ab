import type { Feedback } from '@attune/contracts';
import { useEffect, useState } from 'react';
import { Icon } from './icons.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { useAttune } from './provider.tsx';
import type { AboutAnswer } from './use-my-feedback.ts';
import { useVoiceNotes } from './use-voice-notes.ts';

/** Spoken feedback: record, play, take back. Transcribed by the server where that is set up. */
export function VoiceNotes(about: AboutAnswer) {
  const { labels } = useAttune();
  const voice = useVoiceNotes(about);
  return (
    <section className="attune-voice" aria-label={labels.voice}>
      {voice.phase === 'recording' ? (
        <div className="attune-row">
          <Loudness level={voice.level} />
          <button type="button" className="attune-main" onClick={() => void voice.finish()}>
            {labels.finish}
          </button>
          <button type="button" className="attune-quiet" onClick={voice.discard}>
            {labels.discard}
          </button>
        </div>
      ) : (
        <button
          type="button"
          className="attune-chip"
          disabled={voice.phase === 'sending'}
          onClick={() => void voice.start()}
        >
          <Icon name="microphone" /> {voice.phase === 'sending' ? labels.saving : labels.record}
        </button>
      )}
      <p role="status" className="attune-status">
        {voice.phase === 'refused' ? labels.noMicrophone : ''}
      </p>
      {voice.notes.map((note) => (
        <VoiceNote key={note.id} note={note} recording={voice.recording} onRemove={voice.remove} />
      ))}
      <ProblemNotice problem={voice.problem} onDismiss={voice.putProblemAway} />
    </section>
  );
}

interface VoiceNoteProps {
  note: Feedback;
  recording: (id: string) => Promise<Uint8Array | null>;
  onRemove: (target: string) => Promise<boolean>;
}

function VoiceNote({ note, recording, onRemove }: VoiceNoteProps) {
  const { labels } = useAttune();
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => () => URL.revokeObjectURL(source ?? ''), [source]);

  async function play(): Promise<void> {
    const bytes = await recording(note.id);
    if (bytes !== null) setSource(URL.createObjectURL(new Blob([Uint8Array.from(bytes)])));
  }

  return (
    <div className="attune-row">
      {source === null ? (
        <button type="button" className="attune-quiet" onClick={() => void play()}>
          {labels.play}
        </button>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: what was said stands beneath, once it is transcribed.
        <audio controls autoPlay src={source} />
      )}
      <span>{note.text_feedback ?? (isPending(note) ? labels.transcriptPending : '')}</span>
      <button type="button" className="attune-quiet" onClick={() => void onRemove(note.target)}>
        {labels.remove}
      </button>
    </div>
  );
}

function isPending({ feedback_value: { transcript } }: Feedback): boolean {
  return (
    typeof transcript === 'object' &&
    transcript !== null &&
    'status' in transcript &&
    transcript.status === 'pending'
  );
}

function Loudness({ level }: { level: () => number }) {
  const { labels } = useAttune();
  const [now, setNow] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setNow(level()), 100);
    return () => clearInterval(timer);
  }, [level]);
  return <meter aria-label={labels.loudness} min={0} max={1} value={now} />;
}
