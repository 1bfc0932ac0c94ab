import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { useText } from '../../text/use-text.ts';
import { FileDrop, type ReadFile } from './file-drop.tsx';
import { ImportPlan } from './import-plan.tsx';
import { text } from './text.ts';

/** A file of another tool comes in: read here, tried out, and only then imported. */
export function ImportPage() {
  const t = useText(text);
  const [file, setFile] = useState<ReadFile | null>(null);
  return (
    <PageBody>
      <Link to="/datasets" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.back}
      </Link>
      <PageHead title={t.title} about={t.about} />
      {file === null ? (
        <FileDrop onFile={setFile} />
      ) : (
        <ImportPlan file={file} onAnother={() => setFile(null)} />
      )}
    </PageBody>
  );
}
