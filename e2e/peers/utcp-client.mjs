// Reads a UTCP manual with @utcp/sdk, calls tools of it and prints what it saw as one line of JSON.
//   TOOLKEEP_KEY=tk_... node utcp-client.mjs URL [TOOL ARGUMENTS]...
// The manual's templates carry `Bearer ${TOOLKEEP_KEY}`; the SDK fills a variable in under the manual's name.
import '@utcp/http';
import { UtcpClient } from '@utcp/sdk';

const [url, ...calls] = process.argv.slice(2);
// The SDK's own chatter would spoil the one line.
console.log = console.error;

const client = await UtcpClient.create(process.cwd(), {
    variables: { toolkeep_TOOLKEEP_KEY: process.env.TOOLKEEP_KEY ?? '' },
    manual_call_templates: [],
});
const seen = { tools: [], results: [] };
try {
    const read = await client.registerManual({
        name: 'toolkeep',
        call_template_type: 'http',
        http_method: 'GET',
        url,
        auth: { auth_type: 'api_key', api_key: 'Bearer ${TOOLKEEP_KEY}', var_name: 'Authorization', location: 'header' },
    });
    seen.success = read.success;
    seen.errors = read.errors;
    seen.tools = read.manual.tools.map((tool) => tool.name).sort();
    for (let i = 0; i + 1 < calls.length; i += 2) {
        try {
            seen.results.push({ answer: await client.callTool(`toolkeep.${calls[i]}`, JSON.parse(calls[i + 1])) });
        } catch (refused) {
            seen.results.push({ error: refused.response?.data ?? String(refused.message) });
        }
    }
} catch (failed) {
    seen.failed = String(failed.message);
    process.exitCode = 1;
} finally {
    await client.close();
}
process.stdout.write(`${JSON.stringify(seen)}\n`);
