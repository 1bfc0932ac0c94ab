import { Link } from '@tanstack/react-router';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

const link = 'text-accent-strong underline underline-offset-2';

/** What to do while there are no numbers: ask, rate, connect. */
export function FirstSteps() {
  const t = useText(text);
  return (
    <section className="card p-6">
      <h2 className="font-medium font-serif text-xl">{t.empty}</h2>
      <p className="mt-1 text-soft">{t.emptyAbout}</p>
      <ol className="mt-4 grid list-decimal gap-3 pl-6 marker:text-faint">
        <li>
          {t.steps.ask}{' '}
          <Link to="/" className={link}>
            {t.steps.askLink}
          </Link>
          .
        </li>
        <li>{t.steps.rate}</li>
        <li>
          {t.steps.connect}{' '}
          <Link to="/settings" search={{ tab: 'keys' }} className={link}>
            {t.steps.connectLink}
          </Link>
          .
          <pre className="mt-2 overflow-x-auto rounded-xl bg-sunken px-4 py-3 text-sm">
            <code>{`client = OpenAI(base_url="${window.location.origin}/v1", api_key="atn_…")`}</code>
          </pre>
        </li>
      </ol>
    </section>
  );
}
