import { type Endpoint, endpoints, errorCatalogue, rooms } from '@attune/contracts';

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function row(endpoint: Endpoint): string {
  const errors = endpoint.errors.map((code) => `<code>${code}</code>`).join(' ');
  return `<tr><td><code>${endpoint.method.toUpperCase()}</code></td><td><code>${endpoint.path}</code></td>
    <td>${escapeHtml(endpoint.summary)}</td><td>${endpoint.role}</td><td>${errors}</td></tr>`;
}

function section(room: string): string {
  const rows = Object.values<Endpoint>(endpoints).filter((endpoint) => endpoint.room === room);
  return `<h2>${room}</h2><table><thead><tr><th></th><th>Path</th><th>What it does</th><th>Role</th><th>Errors</th></tr></thead>
    <tbody>${rows.map(row).join('')}</tbody></table>`;
}

function errorRow([code, { status, message, hint }]: [
  string,
  (typeof errorCatalogue)[keyof typeof errorCatalogue],
]) {
  return `<tr><td>${status}</td><td><code>${code}</code></td><td>${escapeHtml(message)}</td><td>${escapeHtml(hint)}</td></tr>`;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
  table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #8884}`;

/** The page /docs: every route with its role and errors, made from the declarations. */
export function docsPage(): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Attune API</title>
    <meta name="viewport" content="width=device-width"><style>${style}</style><h1>Attune API</h1>
    <p>The whole description, with every field, is <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
    ${rooms.map(section).join('')}
    <h2>Errors</h2><table><tbody>${Object.entries(errorCatalogue).map(errorRow).join('')}</tbody></table></html>`;
}
