import type { Role } from '@attune/contracts';
import { type AttuneClient, createClient } from '@attune/sdk';
import type { BrowserContext } from 'playwright-core';
import type { WebScene } from '../harness/web-scene.ts';

/** A member, with a browser and as a program. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly browser: BrowserContext;
  readonly client: AttuneClient;
}

export interface Team {
  /** Admin, who asks and looks at everything. */
  readonly anna: Person;
  /** Curator, who reviews and judges. */
  readonly mai: Person;
  readonly jonas: Person;
  readonly priya: Person;
}

/** Invites the team and signs it in. */
export async function inviteTeam(scene: WebScene): Promise<Team> {
  return {
    anna: await invite(scene, 'Anna Berg', 'admin'),
    mai: await invite(scene, 'Mai Tran', 'curator'),
    jonas: await invite(scene, 'Jonas Weber', 'rater'),
    priya: await invite(scene, 'Priya Nair', 'rater'),
  };
}

async function invite(scene: WebScene, name: string, role: Role): Promise<Person> {
  const email = `${name.split(' ')[0]?.toLowerCase()}@example.org`;
  const browser = await scene.member(role, email);
  const { items } = await scene.client.listMembers({ query: { limit: 200 } });
  const member = items.find((one) => one.email === email);
  if (member === undefined) throw new Error(`${email} is no member.`);
  await scene.client.updateMember({ params: { id: member.id }, body: { name } });
  return { id: member.id, name, browser, client: await clientOf(scene, browser) };
}

/** Calls the API with the session of a signed-in browser. */
async function clientOf({ server }: WebScene, browser: BrowserContext): Promise<AttuneClient> {
  const cookies = await browser.cookies(server.url);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return createClient({
    url: server.url,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('cookie', cookie);
      return fetch(input, { ...init, headers });
    },
  });
}
