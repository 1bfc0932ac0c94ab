import { createClient } from '@attune/sdk';

/** The server that sent this page; the session cookie says who asks. */
export const api = createClient({ url: window.location.origin });
