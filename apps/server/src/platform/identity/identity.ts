import type { Config } from '../../config.ts';
import type { RateLimiter } from '../cache/rate-limiter.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import type { Route } from '../http/route.ts';
import type { Log } from '../log.ts';
import { type Audit, createAudit } from './audit.ts';
import { type Authenticator, createAuthenticator } from './authenticate.ts';
import { createFeedbackTokens, type FeedbackTokens } from './feedback-token.ts';
import { ensureAdmin, ensureLocalKey } from './first-start.ts';
import { identityRoutes } from './routes.ts';
import { sharedSecret } from './secrets.ts';
import { addSignInLink } from './sign-in-link.ts';
import { startUpkeep } from './upkeep.ts';

export interface IdentityOptions {
  readonly config: Pick<Config, 'ATTUNE_FEEDBACK_TOKEN_HOURS' | 'ATTUNE_PUBLIC_URL' | 'ATTUNE_PORT'>;
  readonly database: Database;
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  readonly log: Log;
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
export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { config, database, clock, limiter, log, dataDir } = options;
  const audit = createAudit(database, clock);
  const secret = await sharedSecret(database, 'feedback_tokens');
  const feedbackTokens = createFeedbackTokens(secret, config.ATTUNE_FEEDBACK_TOKEN_HOURS, () => clock.now());
  const { admin, isNew } = await ensureAdmin(database);
  const localKey = await ensureLocalKey(database, dataDir);
  const authenticator = createAuthenticator(database, feedbackTokens, clock);
  const stopUpkeep = startUpkeep(database, clock, log);
  const identity: Identity = {
    audit,
    authenticator,
    feedbackTokens,
    routes: [],
    localKey,
    publicUrl: config.ATTUNE_PUBLIC_URL ?? `http://127.0.0.1:${config.ATTUNE_PORT}`,
    async firstAdminLink() {
      if (!isNew) return null;
      return (await addSignInLink(database.sql, clock, identity.publicUrl, admin)).url;
    },
    async stop() {
      stopUpkeep();
      await authenticator.stop();
    },
  };
  const publicUrl = () => identity.publicUrl;
  identity.routes.push(...identityRoutes({ database, clock, limiter, audit, authenticator, publicUrl }));
  return identity;
}
