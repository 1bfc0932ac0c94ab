import type { Config } from '../../config.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import type { Route } from '../http/route.ts';
import { type Audit, createAudit } from './audit.ts';
import { type Authenticator, createAuthenticator } from './authenticate.ts';
import { createFeedbackTokens, type FeedbackTokens } from './feedback-token.ts';
import { ensureAdmin, ensureLocalKey } from './first-start.ts';
import { identityRoutes } from './routes.ts';
import { sharedSecret } from './secrets.ts';
import { createSignInLink } from './sign-in-link.ts';

export interface IdentityOptions {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly dataDir: string;
}

/** Who people and programs are: sessions, keys, tokens, members, and the record of what they did. */
export interface Identity {
  readonly audit: Audit;
  readonly authenticator: Authenticator;
  readonly feedbackTokens: FeedbackTokens;
  readonly routes: Route[];
  /** Key of the command line on this machine. */
  readonly localKey: string;
  /** Set once the server listens. */
  publicUrl: string;
  /** A sign-in link for the admin who was made on this start; null on later starts. */
  firstAdminLink(): Promise<string | null>;
  stop(): Promise<void>;
}

/** Opens identity; on the first start it makes the organisation's admin and this machine's key. */
export async function openIdentity({ config, database, clock, dataDir }: IdentityOptions): Promise<Identity> {
  const audit = createAudit(database, clock);
  const secret = await sharedSecret(database, 'feedback_tokens');
  const feedbackTokens = createFeedbackTokens(secret, config.ATTUNE_FEEDBACK_TOKEN_HOURS, () => clock.now());
  const authenticator = createAuthenticator(database, feedbackTokens, clock);
  const { admin, isNew } = await ensureAdmin(database);
  const identity: Identity = {
    audit,
    authenticator,
    feedbackTokens,
    routes: [],
    localKey: await ensureLocalKey(database, dataDir),
    publicUrl: config.ATTUNE_PUBLIC_URL ?? `http://127.0.0.1:${config.ATTUNE_PORT}`,
    async firstAdminLink() {
      if (!isNew) return null;
      return (await createSignInLink(database, clock, identity.publicUrl, admin)).url;
    },
    stop: () => authenticator.stop(),
  };
  const needs = { database, clock, audit, authenticator, publicUrl: () => identity.publicUrl };
  identity.routes.push(...identityRoutes(needs));
  return identity;
}
