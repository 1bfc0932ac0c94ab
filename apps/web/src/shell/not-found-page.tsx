import { Link } from '@tanstack/react-router';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** What an unknown address shows. */
export function NotFoundPage() {
  const t = useText(text).notFound;
  return (
    <div className="grid h-full place-content-center justify-items-center gap-3 p-6 text-center">
      <h1 className="font-serif text-3xl">{t.title}</h1>
      <p className="text-soft">{t.about}</p>
      <Link to="/" className="main-button">
        {t.ask}
      </Link>
    </div>
  );
}
