import pg from 'pg';
import type { Log } from '../log.ts';
import { reportUnavailable } from './unavailable.ts';
import { valueParsers } from './value-parsers.ts';

/**
 * A pool of connections that fit a transaction pooler: nothing is set on a session (a start-up parameter such as
 * `statement_timeout` would be refused by one), no statement is named. A lost connection is logged and replaced.
 */
export function createPool(config: pg.PoolConfig, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'attune',
    types: valueParsers,
    ...config,
  });
  reportUnavailable(pool);
  // Without a listener the loss of a connection would end the process, be it idle or in somebody's hands.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ err: error }, 'a database connection was lost'));
  });
  return pool;
}
