const HIDDEN = '[redacted]';

/** Names of fields and headers whose values never reach a log. */
const SECRET_NAMES = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api[-_]?key',
  'password',
  'passwd',
  'secret',
  'client[-_]?secret',
  'token',
  '[a-z]+[-_]?token',
].join('|');

interface Rule {
  pattern: RegExp;
  replacement: string;
}

function backslashes(count: number): string {
  return '\\\\'.repeat(count);
}

/**
 * `"password": "…"` and `"set-cookie": ["…"]` in JSON that was itself quoted `depth` times. There a quote has
 * 2^depth − 1 backslashes before it, a quote inside a value 2^(depth+1) − 1, and a backslash is 2^(depth+1) of them.
 */
function secretFields(depth: number): Rule[] {
  const quote = `${backslashes(2 ** depth - 1)}"`;
  const name = `(?<!\\\\)${quote}(?:${SECRET_NAMES})${quote}\\s*:\\s*`;
  const valueEnd = `(?<!\\\\)(?:${backslashes(2 ** (depth + 1))})*(?=${quote})`;
  return [
    { pattern: new RegExp(`(${name}${quote})[^]*?${valueEnd}`, 'gi'), replacement: `$1${HIDDEN}` },
    { pattern: new RegExp(`(${name})\\[[^\\]]*\\]`, 'gi'), replacement: `$1[]` },
  ];
}

const RULES: Rule[] = [
  ...[0, 1, 2].flatMap(secretFields),
  // authorization: Bearer …, in running text
  { pattern: /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, replacement: `$1 ${HIDDEN}` },
  // Attune's own keys and tokens, wherever they stand
  { pattern: /\b(at[a-z]|fbt)_[\w.~-]{8,}/g, replacement: `$1_${HIDDEN}` },
  // keys of well-known model providers
  { pattern: /\b(sk|hf|pk|rk|xox[a-z])([-_])[\w-]{16,}/g, replacement: `$1$2${HIDDEN}` },
  // scheme://user:password@host
  { pattern: /([a-z][a-z\d+.-]*:\/\/[^\s:/@"]*):[^\s/"]+@/gi, replacement: `$1:${HIDDEN}@` },
  // ?token=…, &api_key=…, password=… in connection strings; cookie: a=b in running text
  { pattern: new RegExp(`\\b((?:${SECRET_NAMES})=)[^\\s&"'\\\\]+`, 'gi'), replacement: `$1${HIDDEN}` },
  { pattern: /\b((?:set-)?cookie:\s*)[^"\\\n]+/gi, replacement: `$1${HIDDEN}` },
];

/**
 * Replaces every secret in a text by `[redacted]`: values of secret fields in JSON (also JSON inside strings),
 * bearer and basic credentials, API keys, feedback tokens, cookies, passwords in URLs and connection strings.
 */
export function redact(text: string): string {
  return RULES.reduce((result, { pattern, replacement }) => result.replace(pattern, replacement), text);
}
