const NAME = 'attune_session';
export const SESSION_DAYS = 30;

/** The session token among the cookies of a request. */
export function readSessionCookie(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === NAME && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** `Set-Cookie` for a new session, or one that ends it when the token is empty. */
export function sessionCookie(token: string, secure: boolean): string {
  const age = token === '' ? 0 : SESSION_DAYS * 86_400;
  return `${NAME}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure ? '; Secure' : ''}`;
}
