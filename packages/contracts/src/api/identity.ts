import { z } from 'zod';
import { Done, Id, IdParams, PageQuery, PlainText, pageOf, Share, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { Role, Room } from '../roles.ts';

/** Addresses that differ in case only are one person's. */
const Email = z.email().max(320).toLowerCase();
const Name = PlainText.max(200);

export const Me = z.object({
  kind: z.enum(['member', 'key', 'feedback_token', 'job_token']),
  organization: z.string(),
  role: Role,
  scopes: z.array(Room),
  name: z.string(),
  email: z.string().nullable(),
});
export type Me = z.infer<typeof Me>;

export const signIn = endpoint({
  id: 'signIn',
  room: 'identity',
  method: 'post',
  path: '/api/sign-in',
  summary: 'Exchange a one-time link token for a session cookie',
  role: 'public',
  body: z.object({ token: z.string().min(1).max(200) }),
  response: Me,
  errors: ['sign_in_link_invalid', 'rate_limited'],
});

export const signOut = endpoint({
  id: 'signOut',
  room: 'identity',
  method: 'post',
  path: '/api/sign-out',
  summary: 'End the session',
  role: 'viewer',
  response: Done,
  errors: [],
});

export const whoAmI = endpoint({
  id: 'whoAmI',
  room: 'identity',
  method: 'get',
  path: '/api/me',
  summary: 'Who the server takes you for',
  role: 'viewer',
  response: Me,
  errors: [],
});

export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** First characters of the key, to recognise it by. */
  prefix: z.string(),
  role: Role,
  /** Rooms it may be used in; empty for all that its role allows. */
  scopes: z.array(Room),
  created_at: Timestamp,
  expires_at: Timestamp.nullable(),
  last_used_at: Timestamp.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const createKey = endpoint({
  id: 'createKey',
  room: 'identity',
  method: 'post',
  path: '/api/keys',
  summary: 'Create an API key; it is shown once',
  role: 'admin',
  body: z.object({
    name: Name.min(1),
    role: Role.default('rater'),
    scopes: z.array(Room).default([]),
    expires_at: Timestamp.optional(),
  }),
  response: ApiKey.extend({ key: z.string() }),
  status: 201,
  secretAnswer: true,
  errors: [],
});

export const listKeys = endpoint({
  id: 'listKeys',
  room: 'identity',
  method: 'get',
  path: '/api/keys',
  summary: 'API keys of the organisation',
  role: 'admin',
  query: PageQuery,
  response: pageOf(ApiKey),
  errors: ['invalid_cursor'],
});

export const revokeKey = endpoint({
  id: 'revokeKey',
  room: 'identity',
  method: 'delete',
  path: '/api/keys/:id',
  summary: 'Revoke an API key at once',
  role: 'admin',
  params: IdParams,
  response: Done,
  errors: ['key_not_found'],
});

export const Member = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  role: Role,
  created_at: Timestamp,
});
export type Member = z.infer<typeof Member>;

const Link = z.object({ member: Member, sign_in_url: z.string(), expires_at: Timestamp });

export const inviteMember = endpoint({
  id: 'inviteMember',
  room: 'identity',
  method: 'post',
  path: '/api/members',
  summary: 'Add a member; the answer carries a one-time sign-in link to hand over',
  role: 'admin',
  body: z.object({ email: Email, name: Name.default(''), role: Role }),
  response: Link,
  status: 201,
  secretAnswer: true,
  errors: ['member_exists'],
});

export const memberLink = endpoint({
  id: 'memberLink',
  room: 'identity',
  method: 'post',
  path: '/api/members/:id/link',
  summary: 'A new one-time sign-in link for a member',
  role: 'admin',
  params: IdParams,
  response: Link,
  secretAnswer: true,
  errors: ['member_not_found'],
});

export const listMembers = endpoint({
  id: 'listMembers',
  room: 'identity',
  method: 'get',
  path: '/api/members',
  summary: 'Members of the organisation',
  role: 'admin',
  query: PageQuery,
  response: pageOf(Member),
  errors: ['invalid_cursor'],
});

export const updateMember = endpoint({
  id: 'updateMember',
  room: 'identity',
  method: 'patch',
  path: '/api/members/:id',
  summary: 'Change the role or name of a member',
  role: 'admin',
  params: IdParams,
  body: z.object({ role: Role.optional(), name: Name.optional() }),
  response: Member,
  errors: ['member_not_found', 'last_admin'],
});

export const removeMember = endpoint({
  id: 'removeMember',
  room: 'identity',
  method: 'delete',
  path: '/api/members/:id',
  summary: 'Remove a member and end their sessions',
  role: 'admin',
  params: IdParams,
  response: Done,
  errors: ['member_not_found', 'last_admin'],
});

export const createOrganization = endpoint({
  id: 'createOrganization',
  room: 'identity',
  method: 'post',
  path: '/api/organizations',
  summary: 'Add an organisation with its first admin; only admins of the organisation `default` may',
  role: 'admin',
  body: z.object({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/, 'lower-case letters, digits and dashes'),
    name: Name.min(1),
    admin_email: Email,
  }),
  response: Link.extend({ organization: z.string() }),
  status: 201,
  secretAnswer: true,
  errors: ['organization_exists'],
});

export const Organization = z.object({
  id: z.string(),
  name: z.string(),
  /** Share of answers that are shown side by side with another candidate; null: as the server is set. */
  compare_share: Share.nullable(),
  created_at: Timestamp,
});
export type Organization = z.infer<typeof Organization>;

export const getOrganization = endpoint({
  id: 'getOrganization',
  room: 'identity',
  method: 'get',
  path: '/api/organization',
  summary: 'Your organisation and its settings',
  role: 'viewer',
  response: Organization,
  errors: [],
});

export const updateOrganization = endpoint({
  id: 'updateOrganization',
  room: 'identity',
  method: 'patch',
  path: '/api/organization',
  summary: 'Change the name or the settings of your organisation',
  role: 'admin',
  body: z.object({ name: Name.min(1).optional(), compare_share: Share.nullable().optional() }),
  response: Organization,
  errors: [],
});

export const AuditEntry = z.object({
  id: Id,
  at: Timestamp,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  /** Hash of the entry before; empty for the first. */
  previous_hash: z.string(),
  /** SHA-256 over the hash before, a line break, and {action, actor, at, details, organization, subject} as RFC 8785 JSON. */
  hash: z.string(),
});

export const listAudit = endpoint({
  id: 'listAudit',
  room: 'identity',
  method: 'get',
  path: '/api/audit',
  summary: 'Who did what, newest first; each entry carries the hash of the one before',
  role: 'admin',
  query: PageQuery,
  response: pageOf(AuditEntry),
  errors: ['invalid_cursor'],
});
