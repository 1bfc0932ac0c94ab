import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { useText } from '../../text/use-text.ts';
import { emptyRule } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { text } from './text.ts';

/** A new rule. */
export function NewRulePage() {
  const t = useText(text);
  return (
    <PageBody>
      <Link to="/training/rules" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.all}
      </Link>
      <PageHead title={t.add} about={t.addAbout} />
      <RuleForm start={emptyRule} rule={null} />
    </PageBody>
  );
}
