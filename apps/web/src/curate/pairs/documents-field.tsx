import { Plus, Trash2 } from 'lucide-react';
import { useText } from '../../text/use-text.ts';
import type { DraftDocument } from './pair-draft.ts';
import { text } from './text.ts';

const MOST = 50;

interface DocumentsFieldProps {
  documents: readonly DraftDocument[];
  readOnly: boolean;
  onDocuments: (documents: readonly DraftDocument[]) => void;
}

/** The texts that both answers were to rest on. */
export function DocumentsField({ documents, readOnly, onDocuments }: DocumentsFieldProps) {
  const t = useText(text).edit;
  if (readOnly && documents.length === 0) return null;
  return (
    <fieldset className="grid gap-3">
      <legend className="font-medium text-sm">{t.documents}</legend>
      <p className="text-faint text-xs">{t.documentsAbout}</p>
      {documents.map((document, index) => (
        <DocumentFields
          // biome-ignore lint/suspicious/noArrayIndexKey: documents have no name, and every field is controlled.
          key={index}
          document={document}
          number={index + 1}
          readOnly={readOnly}
          onDocument={(changed) => onDocuments(documents.with(index, changed))}
          onRemove={() => onDocuments(documents.toSpliced(index, 1))}
        />
      ))}
      {!readOnly && documents.length < MOST && (
        <button
          type="button"
          className="quiet-button justify-self-start"
          onClick={() => onDocuments([...documents, { title: '', text: '', url: '' }])}
        >
          <Plus aria-hidden className="size-4" /> {t.addDocument}
        </button>
      )}
    </fieldset>
  );
}

interface DocumentFieldsProps {
  document: DraftDocument;
  number: number;
  readOnly: boolean;
  onDocument: (document: DraftDocument) => void;
  onRemove: () => void;
}

function DocumentFields({ document, number, readOnly, onDocument, onRemove }: DocumentFieldsProps) {
  const t = useText(text).edit;
  const name = t.document(number);
  return (
    <div className="card grid gap-2 p-3">
      <div className="flex gap-2">
        <input
          aria-label={`${name}: ${t.documentTitle}`}
          placeholder={t.documentTitle}
          className="text-field py-1 text-sm"
          maxLength={500}
          readOnly={readOnly}
          value={document.title}
          onChange={(event) => onDocument({ ...document, title: event.target.value })}
        />
        <input
          aria-label={`${name}: ${t.documentUrl}`}
          placeholder={t.documentUrl}
          className="text-field py-1 text-sm"
          maxLength={2000}
          readOnly={readOnly}
          value={document.url}
          onChange={(event) => onDocument({ ...document, url: event.target.value })}
        />
        {!readOnly && (
          <button
            type="button"
            aria-label={t.removeDocument(number)}
            className="quiet-button"
            onClick={onRemove}
          >
            <Trash2 aria-hidden className="size-4" />
          </button>
        )}
      </div>
      <textarea
        aria-label={`${name}: ${t.documentText}`}
        placeholder={t.documentText}
        className="text-field max-h-64 min-h-16 resize-y text-sm [field-sizing:content]"
        maxLength={100_000}
        readOnly={readOnly}
        value={document.text}
        onChange={(event) => onDocument({ ...document, text: event.target.value })}
      />
    </div>
  );
}
