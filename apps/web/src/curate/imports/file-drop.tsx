import { FileUp } from 'lucide-react';
import { useId, useState } from 'react';
import { useText } from '../../text/use-text.ts';
import { type FileRows, fileRows } from './file-rows.ts';
import { fileText } from './file-text.ts';
import { text } from './text.ts';

const MOST_BYTES = 100_000_000;

export interface ReadFile extends FileRows {
  readonly name: string;
}

type Trouble = 'noRows' | 'tooLarge' | 'unreadable' | 'notUnicode';

/** Where a file is dropped or chosen. It is read here; nothing is sent yet. */
export function FileDrop({ onFile }: { onFile: (file: ReadFile) => void }) {
  const t = useText(text);
  const id = useId();
  const [over, setOver] = useState(false);
  const [reading, setReading] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [fault, setFault] = useState<FileRows['faults'][number] | null>(null);

  const read = async (file: File | undefined) => {
    setOver(false);
    if (file === undefined) return;
    if (file.size > MOST_BYTES) return setTrouble('tooLarge');
    setTrouble(null);
    setFault(null);
    setReading(true);
    try {
      const content = fileText(new Uint8Array(await file.arrayBuffer()));
      if (content === null) return setTrouble('notUnicode');
      const found = fileRows(file.name, content);
      if (found.rows.length === 0) {
        setTrouble('noRows');
        setFault(found.faults[0] ?? null);
      } else onFile({ name: file.name, ...found });
    } catch {
      setTrouble('unreadable');
    } finally {
      setReading(false);
    }
  };
  return (
    <div className="grid gap-3">
      <label
        htmlFor={id}
        className={`card grid cursor-pointer justify-items-center gap-2 border-2 border-dashed px-6 py-16 text-center focus-within:outline-2 focus-within:outline-accent hover:border-edge ${over ? 'border-accent bg-accent-wash' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          void read(event.dataTransfer.files[0]);
        }}
      >
        <FileUp aria-hidden className="size-8 text-faint" strokeWidth={1.5} />
        <span className="font-medium">{reading ? t.reading : t.drop}</span>
        <span className="line-button">{t.choose}</span>
        <span className="max-w-md text-soft text-sm">{t.takes}</span>
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.json,.jsonl,.ndjson"
          className="sr-only"
          disabled={reading}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </label>
      {trouble !== null && (
        <p role="alert" className="rounded-xl bg-bad-wash px-4 py-3 text-sm">
          {t[trouble]}
          {fault !== null && ` (${t.dry.line(fault.line)} ${t.faults[fault.fault]})`}
        </p>
      )}
    </div>
  );
}
