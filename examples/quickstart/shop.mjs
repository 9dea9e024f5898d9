// A small shop with an OpenAPI document, as a public API would publish it.
//   node shop.mjs DOCUMENT
// Prints its port on one line. DOCUMENT is read anew for every request to /openapi.json, so that editing the file is
// publishing another version. Every operation but two wants the header X-Api-Key; what came in is told back under
// `seen`, the key too, as careless servers do.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

const KEY = process.env.SHOP_KEY ?? '';
const orders = new Map([[1001, { id: 1001, customer: 'ada', item: 'globe', quantity: 1 }]]);
let next = 1002;

const operations = [
    ['GET', /^\/v1\/items$/, (seen) => ({ items: ['globe', 'map'].slice(0, Number(seen.query.limit ?? 10)) })],
    ['GET', /^\/v1\/items\/([^/]+)$/, (seen, name) => ({ name, price: 12.5 })],
    ['GET', /^\/v1\/orders$/, () => ({ orders: [...orders.values()] }), true],
    ['GET', /^\/v1\/orders\/(\d+)$/, (seen, id) => orders.get(Number(id)), true],
    ['POST', /^\/v1\/orders$/, (seen) => add(seen.body), true],
    ['PUT', /^\/v1\/orders\/(\d+)$/, (seen, id) => change(Number(id), seen.body), true],
    ['DELETE', /^\/v1\/orders\/(\d+)$/, (seen, id) => ({ deleted: orders.delete(Number(id)) }), true],
    ['GET', /^\/v1\/whoami$/, (seen) => ({ key: seen.headers['x-api-key'] }), true],
];

function add(order) {
    const made = { id: next++, ...order };
    orders.set(made.id, made);
    return made;
}

function change(id, fields) {
    const order = orders.get(id);
    return order && Object.assign(order, fields);
}

const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://shop');
    const reply = (status, json) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(json));
    };
    if (url.pathname === '/openapi.json') {
        return reply(200, JSON.parse(readFileSync(process.argv[2], 'utf8').replaceAll('PORT', server.address().port)));
    }
    let text = '';
    for await (const part of request) text += part;
    const seen = {
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
    };
    for (const [method, path, answer, locked] of operations) {
        const match = path.exec(url.pathname);
        if (method === request.method && match) {
            if (locked && seen.headers['x-api-key'] !== KEY) return reply(401, { error: 'wrong key' });
            const found = answer(seen, ...match.slice(1).map(decodeURIComponent));
            return found === undefined ? reply(404, { error: 'no such order' }) : reply(200, found);
        }
    }
    return reply(404, { error: 'no such operation' });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
