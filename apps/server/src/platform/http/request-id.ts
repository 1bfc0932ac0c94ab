import { newId } from '../ids.ts';

const GIVEN = /^[\w.:-]{1,100}$/;

/** The id that a request goes by in logs and answers: the caller's own `x-request-id` where it is a plain word. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && GIVEN.test(given) ? given : newId();
}
