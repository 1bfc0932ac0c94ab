import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';

/** A mail server on this machine that keeps what it is given. */
export interface MailReceiver {
  readonly port: number;
  /** Messages as they came, headers and text. */
  readonly mails: { readonly from: string; readonly to: string[]; readonly data: string }[];
  close(): Promise<void>;
}

/** Starts a mail server on a free port that takes mail from one user. */
export async function openMailReceiver(login: { user: string; password: string }): Promise<MailReceiver> {
  const mails: MailReceiver['mails'] = [];
  const server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, done) => {
      if (username === login.user && password === login.password) return done(null, { user: username });
      done(new Error('Wrong name or password'));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, data: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.server.address());
  return { port, mails, close: () => new Promise((resolve) => server.close(resolve)) };
}
