// Calls tools of an MCP server with the official TypeScript client and prints what it saw as one line of JSON.
//   TOOLKEEP_KEY=tk_... node mcp-client.mjs URL ERA [TOOL ARGUMENTS]...
// URL may also be a JSON array, the command of a server that speaks on standard input and output.
// ERA is `legacy` (the initialize handshake), `auto`, or a revision such as 2026-07-28 that must be spoken exactly.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [url, era, ...calls] = process.argv.slice(2);
const mode = era === 'legacy' || era === 'auto' ? era : { pin: era };
const client = new Client({ name: 'quickstart', version: '1.0.0' }, { versionNegotiation: { mode } });
const transport = url.startsWith('[') ? program(JSON.parse(url)) : new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { authorization: `Bearer ${process.env.TOOLKEEP_KEY}` } },
});

function program([command, ...args]) {
    return new StdioClientTransport({ command, args, env: process.env, stderr: 'inherit' });
}

const seen = { tools: [], results: [] };
try {
    await client.connect(transport);
    seen.revision = client.getNegotiatedProtocolVersion();
    const { tools } = await client.listTools();
    seen.tools = tools.map((tool) => tool.name).sort();
    for (let i = 0; i + 1 < calls.length; i += 2) {
        try {
            seen.results.push(await client.callTool({ name: calls[i], arguments: JSON.parse(calls[i + 1]) }));
        } catch (refused) {
            seen.results.push({ error: { code: refused.code, message: refused.message, data: refused.data } });
        }
    }
} catch (failed) {
    seen.failed = { code: failed.code, message: failed.message };
    process.exitCode = 1;
} finally {
    await client.close().catch(() => {});
}
console.log(JSON.stringify(seen));
