import { PageBody } from '../../shell/parts/page-body.tsx';
import { PairEditor } from './pair-editor.tsx';

/** A pair that is written by hand. */
export function NewPairPage() {
  return (
    <PageBody>
      <PairEditor pair={null} readOnly={false} />
    </PageBody>
  );
}
