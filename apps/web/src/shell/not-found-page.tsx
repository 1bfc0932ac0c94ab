import { Link } from '@tanstack/react-router';

/** What an unknown address shows. */
export function NotFoundPage() {
  return (
    <div className="grid h-full place-content-center justify-items-center gap-3 p-6 text-center">
      <h1 className="font-serif text-3xl">There is nothing here</h1>
      <p className="text-soft">The address may be old or mistyped.</p>
      <Link to="/" className="main-button">
        Ask a question
      </Link>
    </div>
  );
}
