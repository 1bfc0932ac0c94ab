import pg from 'pg';

/**
 * The database cannot be reached, has gone away or takes no more connections. A statement that was under way may
 * or may not have been carried out. The pool connects again by itself on the next query.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** SQLSTATE classes and codes (PostgreSQL appendix A) that speak of the server, not of the statement. */
const UNAVAILABLE_STATES = [
  '08', // connection exceptions; poolers report a lost server so, too
  '53300', // too many connections
  '57P01', // terminated by an administrator
  '57P02', // crash of another backend
  '57P03', // starting up or shutting down
  '25P03', // idle in a transaction for too long
];

const UNAVAILABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

// The driver gives these errors neither a class nor a code, so their words are all there is to know them by.
const UNAVAILABLE_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;

function isUnavailable(error: Error): boolean {
  if (error instanceof pg.DatabaseError) {
    return UNAVAILABLE_STATES.some((state) => error.code?.startsWith(state));
  }
  if ('code' in error && typeof error.code === 'string') return UNAVAILABLE_CODES.has(error.code);
  return UNAVAILABLE_WORDS.test(error.message);
}

/** Turns the driver's many ways of saying that the database is away into `DatabaseUnavailable`; others stay. */
export function databaseError(error: unknown): unknown {
  if (!(error instanceof Error) || !isUnavailable(error)) return error;
  return new DatabaseUnavailable(`The database is unavailable: ${error.message}`, { cause: error });
}

/** The same function, its rejections passed through `databaseError`; `whenAway` is told of those that it knew. */
function withDatabaseErrors<F extends (...args: never[]) => unknown>(fn: F, whenAway = () => {}): F {
  return new Proxy(fn, {
    apply(target, self, args) {
      const result: unknown = Reflect.apply(target, self, args);
      if (!(result instanceof Promise)) return result;
      return result.catch((cause: unknown) => {
        const error = databaseError(cause);
        if (error instanceof DatabaseUnavailable) whenAway();
        throw error;
      });
    },
  });
}

/** Makes a pool and its clients reject with `DatabaseUnavailable` where the database is away. */
export function reportUnavailable(pool: pg.Pool): void {
  pool.connect = withDatabaseErrors(pool.connect);
  pool.query = withDatabaseErrors(pool.query);
  pool.on('connect', (client) => {
    // A server that is going says so before it hangs up: nobody else shall be given this connection.
    client.query = withDatabaseErrors(client.query, () => {
      if (client instanceof pg.Client) void client.end();
    });
  });
}
